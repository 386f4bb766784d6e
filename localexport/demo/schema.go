package demo

import "strings"

// tables creates the tables as Confluence 8.5 has them, with one change that a well-made snapshot shows: bigint
// keys are INTEGER PRIMARY KEY, so that SQLite uses them as row ids, and time stamps are TEXT.
const tables = `
CREATE TABLE user_mapping (
  user_key VARCHAR(255) NOT NULL PRIMARY KEY,
  username VARCHAR(255) NOT NULL,
  lower_username VARCHAR(255) UNIQUE
);
CREATE TABLE cwd_directory (
  id INTEGER NOT NULL PRIMARY KEY,
  directory_name VARCHAR(255) NOT NULL,
  lower_directory_name VARCHAR(255) NOT NULL UNIQUE,
  created_date TEXT NOT NULL,
  updated_date TEXT NOT NULL,
  active CHAR(1) NOT NULL,
  description VARCHAR(255),
  impl_class VARCHAR(255) NOT NULL,
  lower_impl_class VARCHAR(255) NOT NULL,
  directory_type VARCHAR(32) NOT NULL
);
CREATE TABLE cwd_application (
  id INTEGER NOT NULL PRIMARY KEY,
  application_name VARCHAR(255) NOT NULL,
  lower_application_name VARCHAR(255) NOT NULL UNIQUE,
  created_date TEXT NOT NULL,
  updated_date TEXT NOT NULL,
  active CHAR(1) NOT NULL,
  description VARCHAR(255),
  application_type VARCHAR(32) NOT NULL,
  credential VARCHAR(255)
);
CREATE TABLE cwd_app_dir_mapping (
  id INTEGER NOT NULL PRIMARY KEY,
  application_id BIGINT REFERENCES cwd_application (id),
  directory_id BIGINT NOT NULL REFERENCES cwd_directory (id),
  allow_all CHAR(1) NOT NULL,
  list_index INTEGER
);
CREATE TABLE cwd_user (
  id INTEGER NOT NULL PRIMARY KEY,
  user_name VARCHAR(255) NOT NULL,
  lower_user_name VARCHAR(255) NOT NULL,
  active CHAR(1) NOT NULL,
  created_date TEXT NOT NULL,
  updated_date TEXT NOT NULL,
  first_name VARCHAR(255),
  lower_first_name VARCHAR(255),
  last_name VARCHAR(255),
  lower_last_name VARCHAR(255),
  display_name VARCHAR(255),
  lower_display_name VARCHAR(255),
  email_address VARCHAR(255),
  lower_email_address VARCHAR(255),
  external_id VARCHAR(255),
  directory_id BIGINT NOT NULL REFERENCES cwd_directory (id),
  credential VARCHAR(255),
  UNIQUE (lower_user_name, directory_id)
);
CREATE TABLE spaces (
  spaceid INTEGER NOT NULL PRIMARY KEY,
  spacename VARCHAR(255),
  spacekey VARCHAR(255) NOT NULL UNIQUE,
  lowerspacekey VARCHAR(255) NOT NULL,
  spacedescid BIGINT REFERENCES content (contentid),
  homepage BIGINT REFERENCES content (contentid),
  creator VARCHAR(255) REFERENCES user_mapping (user_key),
  creationdate TEXT,
  lastmodifier VARCHAR(255) REFERENCES user_mapping (user_key),
  lastmoddate TEXT,
  spacetype VARCHAR(255),
  spacestatus VARCHAR(255)
);
CREATE TABLE content (
  contentid INTEGER NOT NULL PRIMARY KEY,
  hibernateversion INTEGER NOT NULL DEFAULT 0,
  contenttype VARCHAR(255) NOT NULL,
  title VARCHAR(255),
  lowertitle VARCHAR(255),
  version INTEGER,
  creator VARCHAR(255) REFERENCES user_mapping (user_key),
  creationdate TEXT,
  lastmodifier VARCHAR(255) REFERENCES user_mapping (user_key),
  lastmoddate TEXT,
  versioncomment TEXT,
  prevver BIGINT REFERENCES content (contentid),
  content_status VARCHAR(255),
  pageid BIGINT REFERENCES content (contentid),
  spaceid BIGINT REFERENCES spaces (spaceid),
  child_position INTEGER,
  parentid BIGINT REFERENCES content (contentid),
  pluginkey VARCHAR(255),
  pluginver VARCHAR(255),
  parentccid BIGINT REFERENCES content (contentid),
  draftpageid VARCHAR(255),
  draftspacekey VARCHAR(255),
  drafttype VARCHAR(255),
  draftpageversion INTEGER,
  parentcommentid BIGINT REFERENCES content (contentid),
  username VARCHAR(255) REFERENCES user_mapping (user_key)
);
CREATE TABLE bodycontent (
  bodycontentid INTEGER NOT NULL PRIMARY KEY,
  body TEXT,
  contentid BIGINT REFERENCES content (contentid),
  bodytypeid SMALLINT
);
CREATE TABLE contentproperties (
  propertyid INTEGER NOT NULL PRIMARY KEY,
  propertyname VARCHAR(255) NOT NULL,
  stringval VARCHAR(255),
  longval BIGINT,
  dateval TEXT,
  contentid BIGINT REFERENCES content (contentid)
);
CREATE TABLE label (
  labelid INTEGER NOT NULL PRIMARY KEY,
  name VARCHAR(255),
  owner VARCHAR(255) REFERENCES user_mapping (user_key),
  namespace VARCHAR(255),
  creationdate TEXT,
  lastmoddate TEXT
);
CREATE TABLE content_label (
  id INTEGER NOT NULL PRIMARY KEY,
  labelid BIGINT NOT NULL REFERENCES label (labelid),
  contentid BIGINT REFERENCES content (contentid),
  pagetemplateid BIGINT,
  owner VARCHAR(255) REFERENCES user_mapping (user_key),
  creationdate TEXT,
  lastmoddate TEXT,
  labelableid BIGINT,
  labelabletype VARCHAR(255)
);
CREATE TABLE bandana (
  bandanaid INTEGER NOT NULL PRIMARY KEY,
  bandanacontext VARCHAR(255) NOT NULL,
  bandanakey VARCHAR(100) NOT NULL,
  bandanavalue TEXT,
  UNIQUE (bandanacontext, bandanakey)
);
CREATE TABLE confversion (
  confversionid INTEGER NOT NULL PRIMARY KEY,
  buildnumber INTEGER NOT NULL,
  installdate TEXT,
  versiontag VARCHAR(255),
  creationdate TEXT,
  lastmoddate TEXT
);
CREATE TABLE "AO_7B47A5_EVENT" (
  "ID" INTEGER NOT NULL PRIMARY KEY,
  "NAME" VARCHAR(255) NOT NULL,
  "EVENT_AT" BIGINT NOT NULL DEFAULT 0,
  "USER_KEY" VARCHAR(255),
  "SPACE_KEY" VARCHAR(255),
  "CONTENT_ID" BIGINT,
  "CONTAINER_ID" BIGINT DEFAULT 0,
  "VERSION_MODIFICATION_DATE" BIGINT
);`

// indexes creates the secondary indexes, one statement a line. They are built after the rows are in, which sorts
// each of them once.
const indexes = `
CREATE INDEX c_creator ON content (creator);
CREATE INDEX c_draftpageid ON content (draftpageid);
CREATE INDEX c_drafttype ON content (drafttype);
CREATE INDEX c_lastmodifier ON content (lastmodifier);
CREATE INDEX c_ltitle ON content (lowertitle);
CREATE INDEX c_pageid ON content (pageid);
CREATE INDEX c_parentccid ON content (parentccid);
CREATE INDEX c_parentcommid ON content (parentcommentid);
CREATE INDEX c_parentid ON content (parentid);
CREATE INDEX c_prevver ON content (prevver);
CREATE INDEX c_spaceid ON content (spaceid);
CREATE INDEX c_title ON content (title);
CREATE INDEX c_username ON content (username);
CREATE INDEX c_si_ct_pv_cs_cd_idx ON content (spaceid, contenttype, prevver, content_status, creationdate);
CREATE INDEX body_content_idx ON bodycontent (contentid);
CREATE INDEX c_prop_content_idx ON contentproperties (contentid);
CREATE INDEX c_prop_name_idx ON contentproperties (propertyname);
CREATE INDEX c_prop_string_idx ON contentproperties (stringval);
CREATE INDEX c_prop_long_idx ON contentproperties (longval);
CREATE INDEX c_prop_date_idx ON contentproperties (dateval);
CREATE INDEX label_name_idx ON label (name);
CREATE INDEX label_namespace_idx ON label (namespace);
CREATE INDEX label_owner_idx ON label (owner);
CREATE INDEX cl_contentid_idx ON content_label (contentid);
CREATE INDEX cl_labelid_idx ON content_label (labelid);
CREATE INDEX cl_labelable_idx ON content_label (labelableid, labelabletype);
CREATE INDEX cl_owner_idx ON content_label (owner);
CREATE INDEX s_lowerspacekey_idx ON spaces (lowerspacekey);
CREATE INDEX s_spacestatus_idx ON spaces (spacestatus);
CREATE INDEX index_ao_7b47a5_event_name_container ON "AO_7B47A5_EVENT" ("NAME", "CONTAINER_ID", "EVENT_AT");
CREATE INDEX index_ao_7b47a5_event_at_id ON "AO_7B47A5_EVENT" ("EVENT_AT", "ID");
CREATE INDEX index_ao_7b47a5_event_name_space ON "AO_7B47A5_EVENT" ("NAME", "SPACE_KEY", "EVENT_AT");
CREATE INDEX index_ao_7b47a5_event_space ON "AO_7B47A5_EVENT" ("SPACE_KEY");`

// bodyIndex is the index from which Options.Inconsistent leaves rows out.
const bodyIndex = "body_content_idx"

// indexStatements returns the CREATE INDEX statements one by one, without their semicolons.
func indexStatements() []string {
	var list []string
	for line := range strings.Lines(indexes) {
		if line = strings.TrimRight(line, ";\n"); line != "" {
			list = append(list, line)
		}
	}
	return list
}
