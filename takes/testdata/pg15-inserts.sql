--
-- PostgreSQL database dump
--

\restrict aQWYwbxNnFJnQmQto7QJSanIeKSzH5fdeuGaIjiLUzKyrQUkxFYSEHlMraWRb2G

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: trap(); Type: FUNCTION; Schema: public; Owner: postgres
--

CREATE FUNCTION public.trap() RETURNS text
    LANGUAGE sql
    AS $$ select 'COPY public.content (contentid) FROM stdin;
1
\.
'::text $$;


ALTER FUNCTION public.trap() OWNER TO postgres;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: AO_7B47A5_EVENT; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public."AO_7B47A5_EVENT" (
    "ID" bigint NOT NULL,
    "NAME" character varying(255) NOT NULL,
    "EVENT_AT" bigint NOT NULL,
    "USER_KEY" character varying(255),
    "SPACE_KEY" character varying(255),
    "CONTENT_ID" bigint,
    "CONTAINER_ID" bigint,
    "VERSION_MODIFICATION_DATE" bigint
);


ALTER TABLE public."AO_7B47A5_EVENT" OWNER TO postgres;

--
-- Name: AO_8752F1_DATA_PIPELINE_EOO; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public."AO_8752F1_DATA_PIPELINE_EOO" (
    "ID" integer NOT NULL,
    "ENTITY_TYPE" character varying(255),
    "ENTITY_IDENTIFIER" character varying(255)
);


ALTER TABLE public."AO_8752F1_DATA_PIPELINE_EOO" OWNER TO postgres;

--
-- Name: AO_8752F1_DATA_PIPELINE_JOB; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public."AO_8752F1_DATA_PIPELINE_JOB" (
    "ID" integer NOT NULL,
    "STATUS" character varying(255),
    "CREATED" bigint,
    "UPDATED" bigint,
    "EXPORT_FROM" bigint,
    "EXPORT_FORCED" boolean,
    "EXPORTED_ENTITIES" integer,
    "WRITTEN_ROWS" integer,
    "ERRORS" text,
    "WARNINGS" text,
    "EXPORT_PATH" text,
    "ROOT_EXPORT_PATH" text,
    "METADATA" character varying(255),
    "OPTED_OUT_ENTITY_IDENTIFIERS" text,
    "SCHEMA_VERSION" integer
);


ALTER TABLE public."AO_8752F1_DATA_PIPELINE_JOB" OWNER TO postgres;

--
-- Name: bandana; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.bandana (
    bandanaid bigint NOT NULL,
    bandanacontext character varying(255) NOT NULL,
    bandanakey character varying(100) NOT NULL,
    bandanavalue text
);


ALTER TABLE public.bandana OWNER TO postgres;

--
-- Name: bodycontent; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.bodycontent (
    bodycontentid bigint NOT NULL,
    body text,
    contentid bigint,
    bodytypeid smallint
);


ALTER TABLE public.bodycontent OWNER TO postgres;

--
-- Name: confversion; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.confversion (
    confversionid bigint NOT NULL,
    buildnumber integer NOT NULL,
    installdate timestamp without time zone,
    versiontag character varying(255),
    creationdate timestamp without time zone,
    lastmoddate timestamp without time zone
);


ALTER TABLE public.confversion OWNER TO postgres;

--
-- Name: content; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.content (
    contentid bigint NOT NULL,
    hibernateversion integer NOT NULL,
    contenttype character varying(255) NOT NULL,
    title character varying(255),
    lowertitle character varying(255),
    version integer,
    creator character varying(255),
    creationdate timestamp without time zone,
    lastmodifier character varying(255),
    lastmoddate timestamp without time zone,
    versioncomment text,
    prevver bigint,
    content_status character varying(255),
    pageid bigint,
    spaceid bigint,
    child_position integer,
    parentid bigint,
    pluginkey character varying(255),
    pluginver character varying(255),
    parentccid bigint,
    draftpageid character varying(255),
    draftspacekey character varying(255),
    drafttype character varying(255),
    draftpageversion integer,
    parentcommentid bigint,
    username character varying(255)
);


ALTER TABLE public.content OWNER TO postgres;

--
-- Name: content_label; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.content_label (
    id bigint NOT NULL,
    labelid bigint NOT NULL,
    contentid bigint,
    pagetemplateid bigint,
    owner character varying(255),
    creationdate timestamp without time zone,
    lastmoddate timestamp without time zone,
    labelableid bigint,
    labelabletype character varying(255)
);


ALTER TABLE public.content_label OWNER TO postgres;

--
-- Name: contentproperties; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.contentproperties (
    propertyid bigint NOT NULL,
    propertyname character varying(255) NOT NULL,
    stringval character varying(255),
    longval bigint,
    dateval timestamp without time zone,
    contentid bigint
);


ALTER TABLE public.contentproperties OWNER TO postgres;

--
-- Name: cwd_app_dir_mapping; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.cwd_app_dir_mapping (
    id bigint NOT NULL,
    application_id bigint,
    directory_id bigint NOT NULL,
    allow_all character(1) NOT NULL,
    list_index integer
);


ALTER TABLE public.cwd_app_dir_mapping OWNER TO postgres;

--
-- Name: cwd_application; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.cwd_application (
    id bigint NOT NULL,
    application_name character varying(255) NOT NULL,
    lower_application_name character varying(255) NOT NULL,
    created_date timestamp without time zone NOT NULL,
    updated_date timestamp without time zone NOT NULL,
    active character(1) NOT NULL,
    description character varying(255),
    application_type character varying(32) NOT NULL,
    credential character varying(255)
);


ALTER TABLE public.cwd_application OWNER TO postgres;

--
-- Name: cwd_directory; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.cwd_directory (
    id bigint NOT NULL,
    directory_name character varying(255) NOT NULL,
    lower_directory_name character varying(255) NOT NULL,
    created_date timestamp without time zone NOT NULL,
    updated_date timestamp without time zone NOT NULL,
    active character(1) NOT NULL,
    description character varying(255),
    impl_class character varying(255) NOT NULL,
    lower_impl_class character varying(255) NOT NULL,
    directory_type character varying(32) NOT NULL
);


ALTER TABLE public.cwd_directory OWNER TO postgres;

--
-- Name: cwd_user; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.cwd_user (
    id bigint NOT NULL,
    user_name character varying(255) NOT NULL,
    lower_user_name character varying(255) NOT NULL,
    active character(1) NOT NULL,
    created_date timestamp without time zone NOT NULL,
    updated_date timestamp without time zone NOT NULL,
    first_name character varying(255),
    lower_first_name character varying(255),
    last_name character varying(255),
    lower_last_name character varying(255),
    display_name character varying(255),
    lower_display_name character varying(255),
    email_address character varying(255),
    lower_email_address character varying(255),
    external_id character varying(255),
    directory_id bigint NOT NULL,
    credential character varying(255)
);


ALTER TABLE public.cwd_user OWNER TO postgres;

--
-- Name: label; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.label (
    labelid bigint NOT NULL,
    name character varying(255),
    owner character varying(255),
    namespace character varying(255),
    creationdate timestamp without time zone,
    lastmoddate timestamp without time zone
);


ALTER TABLE public.label OWNER TO postgres;

--
-- Name: plugindata; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.plugindata (
    id bigint NOT NULL,
    data bytea
);


ALTER TABLE public.plugindata OWNER TO postgres;

--
-- Name: remembermetoken; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.remembermetoken (
    id bigint NOT NULL,
    username text,
    token text
);


ALTER TABLE public.remembermetoken OWNER TO postgres;

--
-- Name: spaces; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.spaces (
    spaceid bigint NOT NULL,
    spacename character varying(255),
    spacekey character varying(255) NOT NULL,
    lowerspacekey character varying(255) NOT NULL,
    spacedescid bigint,
    homepage bigint,
    creator character varying(255),
    creationdate timestamp without time zone,
    lastmodifier character varying(255),
    lastmoddate timestamp without time zone,
    spacetype character varying(255),
    spacestatus character varying(255)
);


ALTER TABLE public.spaces OWNER TO postgres;

--
-- Name: user_mapping; Type: TABLE; Schema: public; Owner: postgres
--

CREATE TABLE public.user_mapping (
    user_key character varying(255) NOT NULL,
    username character varying(255) NOT NULL,
    lower_username character varying(255)
);


ALTER TABLE public.user_mapping OWNER TO postgres;

--
-- Name: 16669; Type: BLOB; Schema: -; Owner: postgres
--

SELECT pg_catalog.lo_create('16669');


ALTER LARGE OBJECT 16669 OWNER TO postgres;

--
-- Name: 16676; Type: BLOB; Schema: -; Owner: postgres
--

SELECT pg_catalog.lo_create('16676');


ALTER LARGE OBJECT 16676 OWNER TO postgres;

--
-- Data for Name: AO_7B47A5_EVENT; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public."AO_7B47A5_EVENT" VALUES
	(41057, 'page_viewed', 1734952400069, 'ff8080814c9d62757d900c790000001c', 'docs', 196745, 196745, 1715858644646),
	(41124, 'page_created', 1738238645960, 'ff80808137333dfb65e1ad2400000030', '~agca.old23', 196835, 196835, 1738238645951),
	(41126, 'page_updated', 1745013257743, '4028b88120f59ee9326f096e0000000f', 'HR', 262337, 262337, 1745013257720),
	(41240, 'page_viewed', 1743604856168, 'ff808081cb3b5c1c6b0ea8d60000002f', 'ENG', 262353, 262353, 1743491617547),
	(41245, 'blog_viewed', 1744021062663, '4028b88120f59ee9326f096e0000000f', 'ENG', 196855, 196855, 1740878797475),
	(41503, 'page_viewed', 1755249940878, 'ff80808193d6230a93733a9c00000022', 'ENG', 262372, 262372, 1752143077294),
	(41505, 'page_viewed', 1755245196716, 'ff808081c54058801680257400000027', 'ENG', 196885, 196885, 1764244799006);
INSERT INTO public."AO_7B47A5_EVENT" VALUES
	(41552, 'page_viewed', 1757424161656, '4028b8819254ce39d3aa8ce300000028', 'RD', 262389, 262389, 1756406446422),
	(41563, 'page_created', 1757682243412, 'ff808081d73e9d23c0ff1a6d00000020', 'RD', 196941, 196941, 1757682243390),
	(41640, 'page_viewed', 1760629627410, 'ff8080812cc339b0b2edd3c600000024', 'docs', 196824, 196824, 1742808366263),
	(41658, 'attachment_created', 1761576690195, '4028b8818c56e79fe11ae65700000000', 'HR', 196962, 196961, NULL),
	(41687, 'page_viewed', 1762522103155, 'ff808081e37959c1f5c91be200000018', 'HR', 262381, 262381, 1768317752680),
	(41717, 'page_viewed', 1763639192822, '4028b881f7cf6151541b775600000019', 'HR', 196959, 196959, 1760963934438),
	(41760, 'attachment_created', 1765453879898, 'ff808081d937992a43577ecb00000003', 'docs', 196993, 196992, NULL);
INSERT INTO public."AO_7B47A5_EVENT" VALUES
	(41833, 'attachment_viewed', 1768209941554, '4028b8811a33c728be40e85c0000001e', 'HR', 262408, 262405, NULL),
	(41903, 'page_viewed', 1770687264476, 'ff8080817800930db0ea4e5300000015', 'HR', 262382, 262382, 1755529133841),
	(42049, 'comment_created', 1774540638267, 'ff808081e09b7402e4c7b0d00000001b', 'ENG', 262479, 262430, NULL),
	(42079, 'page_created', 1775566397335, 'ff808081d2c5ad91ebd1729a00000011', 'RD', 262484, 262484, 1775566397255),
	(42167, 'page_viewed', 1778485975016, 'ff808081111ca7448c964cc600000001', 'GONE', 197038, 197038, 1776089567178),
	(42186, 'blog_viewed', 1778786929446, 'ff8080816b90880ce26f253000000008', 'HR', 197054, 197054, 1777489945937),
	(42214, 'page_updated', 1782821275513, 'ff808081da299733f6e6062b0000000b', 'ENG', 262504, 262504, 1782821275478);
INSERT INTO public."AO_7B47A5_EVENT" VALUES
	(42274, 'comment_created', 1781685023172, 'ff80808198ea9fec1e0cc6cd00000010', '~agca.old23', 262531, 262437, NULL),
	(42306, 'page_created', 1782307261350, 'ff808081d937992a43577ecb00000003', '~agca.old23', 197075, 197075, 1782307261301),
	(42329, 'page_viewed', 1782825632975, 'ff80808193d6230a93733a9c00000022', 'OPS', 262459, 262459, 1770998268567),
	(42348, 'attachment_created', 1783501514002, '4028b881a50db695849c25b60000002d', 'MKT', 197084, 197081, NULL),
	(42392, 'attachment_created', 1784710414773, '4028b88139d922fa853d0ac600000005', 'HR', 262544, 262543, NULL),
	(42630, 'page_created', 1789993394436, 'ff808081d937992a43577ecb00000003', 'MKT', 197137, 197137, 1789993394369),
	(42848, 'comment_created', 1793612866200, 'ff808081d2c5ad91ebd1729a00000011', 'ENG', 197173, 197166, NULL);
INSERT INTO public."AO_7B47A5_EVENT" VALUES
	(43068, 'page_viewed', 1795166157924, 'ff808081f3719ad9211fcbef00000007', 'ENG', 197166, 197166, 1795177598963),
	(43071, 'page_viewed', 1795167701713, 'ff80808193d084b86b9d6f730000002c', '~agca.old23', 197191, 197191, 1794578933465);


--
-- Data for Name: AO_8752F1_DATA_PIPELINE_EOO; Type: TABLE DATA; Schema: public; Owner: postgres
--



--
-- Data for Name: AO_8752F1_DATA_PIPELINE_JOB; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public."AO_8752F1_DATA_PIPELINE_JOB" VALUES
	(1, 'COMPLETED', 1700000000000, 1700000100000, 1690000000000, false, 10, 10, NULL, '', '/x', '/x', '{}', NULL, 1);


--
-- Data for Name: bandana; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.bandana VALUES
	(131073, '_GLOBAL', 'atlassian.confluence.settings', '<settings>
  <allowCamelCase>false</allowCamelCase>
  <baseUrl>https://wiki.example.com</baseUrl>
  <defaultEncoding>UTF-8</defaultEncoding>
  <globalDefaultLocale>en_GB</globalDefaultLocale>
  <siteTitle>Demo &amp; Example Wiki</siteTitle>
  <indexingLanguage>english</indexingLanguage>
</settings>'),
	(131074, '_GLOBAL', 'atlassian.confluence.smtp.mail.servers', '<list><mail><password>{DEMO}never-export-this</password></mail></list>'),
	(131075, 'ENG', 'atlassian.confluence.space.settings', '<space-settings><disableLogo>true</disableLogo></space-settings>');


--
-- Data for Name: bodycontent; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.bodycontent VALUES
	(229496, 'line
break
and	tab, back\slash, "quotes" ''single''  ünïcödé 漢字 😀 \N \. $$ -- /* ;', 196671, 2),
	(229526, '\.', 262235, 2),
	(229984, '<p><strong>Change request 205</strong></p>
<ac:structured-macro ac:name="expand" ac:schema-version="1"><ac:rich-text-body><p>Requests, complaints, ideas: put them on the board, not into somebody''s inbox. This section is out of date. See the page below, which replaces it.</p>
<ul>
<li>This decision holds until the end of the year and will then be looked at again.</li>
<li>The deadline is the 15th, ', 262457, 2),
	(229712, '<p>If the service doesn''t answer within five seconds, the caller tries once more and then gives up.</p><p>What went well? What didn''t? What do we change by Monday?</p><p>Each team names one person who answers questions about its part, and one who stands in.<br />Keep it short; link to the details.</p><p>Where a &lt; b and b &gt; c, the order is not what you''d expect.</p><p>Where a &lt; b and b &gt', 196819, 2),
	(229777, '<p>Les données de l’année dernière sont archivées, pas effacées.<br />L’équipe se réunit chaque mardi à dix heures.</p>', 262349, 2),
	(229854, '<p>For visitors: the network is called &quot;guest&quot;, the password changes every Monday.<br />We measured 1,250 requests per second before, 1,900 after, on the same machine.</p><p>We agreed to keep the old address for one more quarter, then redirect it.</p><p>If the service doesn''t answer within five seconds, the caller tries once more and then gives up.</p><p>The old folder (C:\new\reports) s', 196932, 2),
	(229914, '<p><ac:image ac:height="250" ac:alt="Vendor comparison"><ri:attachment ri:filename="screenshot (1).png" /></ac:image></p>
<p><em>The owner of a page is whoever changed it last, whether they like it or not.</em></p><ac:structured-macro ac:name="tip" ac:schema-version="1" ac:macro-id="f613cae5-c1f6-45d2-9356-0e967c7d366e"><ac:parameter ac:name="title">Team charter</ac:parameter><ac:rich-text-body><p', 262424, 2);
INSERT INTO public.bodycontent VALUES
	(229926, '<p>Requests, complaints, ideas: put them on the board, not into somebody''s inbox.</p><p>The deadline is the 15th, not the 16th, and it is noon, not midnight.</p><p>We agreed to keep the old address for one more quarter, then redirect it.<br />If in doubt, leave it out; if not in doubt, ask somebody.</p><p>If in doubt, leave it out; if not in doubt, ask somebody.</p><p>Costs went up by 12 %, mostly', 262433, 2),
	(229965, '<ac:structured-macro ac:name="code" ac:schema-version="1" ac:macro-id="3ceac6f3-7e38-452b-b486-499d2326efda"><ac:parameter ac:name="language">bash</ac:parameter><ac:plain-text-body><![CDATA[#!/bin/sh
set -eu
for f in *.csv; do
	wc -l "$f"   # count, compare
done
printf ''a\tb\n'']]></ac:plain-text-body></ac:structured-macro><ac:structured-macro ac:name="note" ac:schema-version="1" ac:macro-id="ea9d4', 197001, 2),
	(230018, '<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell><p>After the change, check the log for lines that start with WARN, and count them. Keep it short; link to the details.</p></ac:layout-cell>
<ac:layout-cell><p>The steps below were tried by someone who had never done this before. A calendar entry, an agenda and an owner: without all three there is no meeting.</p></ac:layout-cell></ac', 262478, 2),
	(230029, '<p><ac:image ac:height="250" ac:alt="Vendor comparison"><ri:attachment ri:filename="export.csv" /></ac:image></p>
<p><em>Every alarm has an instruction, and an alarm without one is switched off.</em></p><p>A restart helps, but it doesn''t explain; keep the log before you restart.</p><p>Numbers without a date are worth nothing: write down when you measured.</p><p>Nobody likes surprises on a Friday, ', 197038, 2),
	(230132, '<p><strong>Reunión del año 315</strong></p>
<p>Backups are kept for 35 days; a restore takes about two hours &amp; needs a second pair of eyes. We tried the &quot;obvious&quot; solution first, and it failed for reasons nobody had thought of. There are three ways to do this, and two of them are wrong. Nobody likes surprises on a Friday, so deployments end on Thursday at noon.</p>
<p>El servidor se ', 262554, 2),
	(230143, '<p><strong>סיכום פגישה 324</strong></p>
<h3>Data retention</h3>
<p>Data retention&nbsp;&mdash; We tried the &quot;obvious&quot; solution first, and it failed for reasons nobody had thought of.</p><ac:structured-macro ac:name="expand" ac:schema-version="1"><ac:rich-text-body><p>נא לקרוא את הדף הזה לפני ששואלים. נא לקרוא את הדף הזה לפני ששואלים. נא לקרוא את הדף הזה לפני ששואלים. הגיבוי רץ בכל לילה. ', 197105, 2),
	(230214, '<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell><p>Two people can approve a change, one of whom must not be its author. We measured 1,250 requests per second before, 1,900 after, on the same machine.</p></ac:layout-cell>
<ac:layout-cell><p>For visitors: the network is called &quot;guest&quot;, the password changes every Monday. Keep it short; link to the details.</p></ac:layout-c', 262608, 2);
INSERT INTO public.bodycontent VALUES
	(230241, '', 262631, 2);


--
-- Data for Name: confversion; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.confversion VALUES
	(131076, 8703, '2022-11-22 20:42:44.083', '7.13.5', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(131077, 8804, '2023-12-27 20:42:44.083', '7.19.8', '2023-12-27 20:42:44.083', '2023-12-27 20:42:44.083'),
	(131078, 9012, '2025-01-30 20:42:44.083', '8.5.6', '2025-01-30 20:42:44.083', '2025-01-30 20:42:44.083');


--
-- Data for Name: content; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.content VALUES
	(196671, 1, 'BLOGPOST', '\N', 'weekly update 2023-09-22 no 55', 1, 'ff80808193d084b86b9d6f730000002c', '2023-09-22 18:39:49.936', 'ff80808193d084b86b9d6f730000002c', '2023-09-22 18:39:49.936', NULL, NULL, 'current', NULL, 294914, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(196735, 1, 'ATTACHMENT', 'design "v2".svg', 'design "v2".svg', 1, 'ff808081dbbbd02794ed743100000002', '2024-04-26 10:34:54.699', 'ff808081dbbbd02794ed743100000002', '2024-04-26 10:34:54.699', NULL, 196734, 'current', NULL, 294913, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(196819, 1, 'COMMENT', NULL, NULL, 1, 'ff8080814c9d62757d900c790000001c', '2024-11-27 17:02:11.151', 'ff8080814c9d62757d900c790000001c', '2024-11-27 17:02:11.151', NULL, NULL, 'current', 262154, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 196769, NULL),
	(196930, 1, 'ATTACHMENT', '🎉.gif', '🎉.gif', 1, 'ff808081b173c1b49d75d54300000006', '2025-08-07 09:54:02.806', 'ff808081b173c1b49d75d54300000006', '2025-08-07 09:54:02.806', NULL, NULL, 'current', 196928, 294915, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(196932, 1, 'COMMENT', NULL, NULL, 1, 'ff808081da299733f6e6062b0000000b', '2025-08-08 09:39:50.185', 'ff808081da299733f6e6062b0000000b', '2025-08-08 09:39:50.185', NULL, NULL, 'current', 196621, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 262219, NULL),
	(196943, 1, 'ATTACHMENT', 'slides, final.pptx', 'slides, final.pptx', 1, 'ff808081111ca7448c964cc600000001', '2025-09-12 15:34:06.945', 'ff808081111ca7448c964cc600000001', '2025-09-12 15:34:06.945', NULL, NULL, 'current', 196941, 294918, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(197001, 1, 'PAGE', 'Sık sorulan sorular 246', 'sık sorulan sorular 246', 1, 'ff808081740664fc0ff9262d00000021', '2026-01-07 09:37:41.948', 'ff808081740664fc0ff9262d00000021', '2026-01-07 09:37:41.948', NULL, NULL, 'current', NULL, 294913, NULL, 262145, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content VALUES
	(197024, 1, 'ATTACHMENT', 'export.csv', 'export.csv', 1, 'ff8080816b90880ce26f253000000008', '2026-02-24 13:00:19.634', 'ff8080816b90880ce26f253000000008', '2026-02-24 13:00:19.634', NULL, NULL, 'current', 197021, 294913, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(197038, 1, 'PAGE', 'Travel policy 277', 'travel policy 277', 1, 'ff80808193d084b86b9d6f730000002c', '2026-04-13 16:12:47.178', 'ff80808193d084b86b9d6f730000002c', '2026-04-13 16:12:47.178', NULL, NULL, 'current', NULL, 294916, NULL, 196745, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(197052, 1, 'ATTACHMENT', 'budget 2025.xlsx', 'budget 2025.xlsx', 1, '4028b8819254ce39d3aa8ce300000028', '2026-04-27 20:32:29.669', '4028b8819254ce39d3aa8ce300000028', '2026-04-27 20:32:29.669', NULL, 197051, 'current', NULL, 294915, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(197102, 1, 'ATTACHMENT', 'screenshot (1).png', 'screenshot (1).png', 1, 'ff8080817e4c44a7029bae880000000e', '2026-08-04 17:48:55.682', 'ff8080817e4c44a7029bae880000000e', '2026-08-04 17:48:55.682', NULL, NULL, 'current', 197101, 294913, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(197105, 2, 'PAGE', 'סיכום פגישה 324', 'סיכום פגישה 324', 2, 'ff8080817f7ba26d8155b5d500000004', '2026-08-10 17:51:09.49', 'ff808081821d989a373a89bd00000016', '2026-08-18 14:24:54.874', NULL, NULL, 'current', NULL, 294913, NULL, 196933, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(197159, 1, 'ATTACHMENT', 'diagram.png', 'diagram.png', 1, 'ff8080812cc339b0b2edd3c600000024', '2026-10-15 21:50:25.683', 'ff8080812cc339b0b2edd3c600000024', '2026-10-15 21:50:25.683', 'Typo', NULL, 'current', 197156, 294913, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(197176, 1, 'ATTACHMENT', '写真.jpg', '写真.jpg', 1, 'ff808081111ca7448c964cc600000001', '2026-11-05 08:00:04.938', 'ff808081111ca7448c964cc600000001', '2026-11-05 08:00:04.938', 'Reverted to version 3', NULL, 'current', 197174, 294914, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content VALUES
	(197177, 1, 'ATTACHMENT', 'report.pdf', 'report.pdf', 1, 'ff808081ef49040852e00feb0000000c', '2026-11-05 12:18:10.484', 'ff808081ef49040852e00feb0000000c', '2026-11-05 12:18:10.484', NULL, NULL, 'current', 197174, 294914, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(262235, 1, 'COMMENT', NULL, NULL, 1, 'ff808081111ca7448c964cc600000001', '2023-11-24 10:30:10.657', 'ff808081111ca7448c964cc600000001', '2023-11-24 10:30:10.657', NULL, NULL, 'current', 196621, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 196659, NULL),
	(262349, 1, 'COMMENT', NULL, NULL, 1, '4028b881d4a1cb083700b7cc0000000a', '2025-03-20 14:38:05.508', '4028b881d4a1cb083700b7cc0000000a', '2025-03-20 14:38:05.508', NULL, NULL, 'current', 262145, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 196669, NULL),
	(262424, 1, 'PAGE', 'Troubleshooting 224', 'troubleshooting 224', 1, 'ff808081dbbbd02794ed743100000002', '2025-10-23 10:29:06.592', 'ff808081dbbbd02794ed743100000002', '2025-10-23 10:29:06.592', NULL, NULL, 'current', NULL, 294914, 16, 262405, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(262433, 1, 'COMMENT', NULL, NULL, 1, 'ff808081f120143290da99e700000009', '2025-11-07 15:07:56.092', 'ff808081f120143290da99e700000009', '2025-11-07 15:07:56.092', NULL, NULL, 'current', 196933, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(262457, 1, 'PAGE', 'Change request 205', 'change request 205', 1, 'ff8080816b90880ce26f253000000008', '2025-08-14 09:51:18.174', 'ff8080816b90880ce26f253000000008', '2025-08-14 09:51:18.174', NULL, 262381, 'current', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(262478, 1, 'BLOGPOST', 'Requirements 271', 'requirements 271', 1, 'ff8080817e4c44a7029bae880000000e', '2026-03-26 09:55:25.18', 'ff8080817e4c44a7029bae880000000e', '2026-03-26 09:55:25.18', NULL, NULL, 'current', NULL, 294913, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content VALUES
	(262554, 3, 'PAGE', 'Reunión del año 315', 'reunión del año 315', 3, 'ff80808125edaa2fbfa1951a00000025', '2026-07-21 13:41:21.667', 'ff80808125edaa2fbfa1951a00000025', '2026-09-08 14:05:45.554', NULL, 262543, 'current', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(262608, 1, 'PAGE', 'Travel policy 339', 'travel policy 339', 1, 'ff8080818d1949dca75f351f00000017', '2026-09-09 16:00:19.642', 'ff8080818d1949dca75f351f00000017', '2026-09-09 16:00:19.642', NULL, 262586, 'current', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	(262631, 1, 'PAGE', 'COPY public.content FROM stdin;
\.
INSERT INTO content VALUES (1);', 'onboarding 367', 1, '4028b88139d922fa853d0ac600000005', '2026-10-26 08:01:11.32', '4028b88139d922fa853d0ac600000005', '2026-10-26 08:01:11.32', NULL, NULL, 'current', NULL, 294913, NULL, 262549, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);


--
-- Data for Name: content_label; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.content_label VALUES
	(327705, 163861, NULL, NULL, NULL, '2023-03-21 08:53:43.518', '2023-03-21 08:53:43.518', 196630, 'CONTENT'),
	(327706, 163846, NULL, NULL, NULL, '2023-03-21 08:53:43.518', '2023-03-21 08:53:43.518', 196630, 'CONTENT'),
	(327707, 163864, NULL, NULL, NULL, '2023-03-21 08:53:43.518', '2023-03-21 08:53:43.518', 196630, 'CONTENT'),
	(327779, 163868, NULL, NULL, NULL, '2024-03-13 10:13:06.175', '2024-03-13 10:13:06.175', 262261, 'CONTENT'),
	(327780, 163851, NULL, NULL, NULL, '2024-03-13 10:13:06.175', '2024-03-13 10:13:06.175', 262261, 'CONTENT'),
	(327781, 163846, NULL, NULL, NULL, '2024-03-13 10:13:06.175', '2024-03-13 10:13:06.175', 262261, 'CONTENT'),
	(327782, 163843, NULL, NULL, NULL, '2024-03-13 10:13:06.175', '2024-03-13 10:13:06.175', 262261, 'CONTENT');
INSERT INTO public.content_label VALUES
	(327904, 163858, 262424, NULL, NULL, '2025-10-23 10:29:06.592', '2025-10-23 10:29:06.592', 262424, 'CONTENT'),
	(327905, 163841, 262424, NULL, NULL, '2025-10-23 10:29:06.592', '2025-10-23 10:29:06.592', 262424, 'CONTENT'),
	(327958, 163860, NULL, NULL, NULL, '2026-06-08 17:53:33.153', '2026-06-08 17:53:33.153', 262503, 'CONTENT'),
	(327959, 163841, NULL, NULL, NULL, '2026-06-08 17:53:33.153', '2026-06-08 17:53:33.153', 262503, 'CONTENT'),
	(327960, 163855, NULL, NULL, NULL, '2026-06-08 17:53:33.153', '2026-06-08 17:53:33.153', 262503, 'CONTENT'),
	(327961, 163858, NULL, NULL, NULL, '2026-06-08 17:53:33.153', '2026-06-08 17:53:33.153', 262503, 'CONTENT');


--
-- Data for Name: contentproperties; Type: TABLE DATA; Schema: public; Owner: postgres
--



--
-- Data for Name: cwd_app_dir_mapping; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.cwd_app_dir_mapping VALUES
	(131073, 65537, 98306, 'T', 0),
	(131074, 65537, 163841, 'T', 1),
	(131075, 65537, 98305, 'T', 2);


--
-- Data for Name: cwd_application; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.cwd_application VALUES
	(65537, 'crowd-embedded', 'crowd-embedded', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083', 'T', NULL, 'CROWD', '{DEMO}never-export-this');


--
-- Data for Name: cwd_directory; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.cwd_directory VALUES
	(98305, 'Confluence Internal Directory', 'confluence internal directory', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083', 'T', NULL, 'com.atlassian.crowd.directory.InternalDirectory', 'com.atlassian.crowd.directory.internaldirectory', 'INTERNAL'),
	(98306, 'Old LDAP', 'old ldap', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083', 'F', NULL, 'com.atlassian.crowd.directory.OpenLDAP', 'com.atlassian.crowd.directory.openldap', 'CONNECTOR'),
	(163841, 'Corporate LDAP', 'corporate ldap', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083', 'T', NULL, 'com.atlassian.crowd.directory.OpenLDAP', 'com.atlassian.crowd.directory.openldap', 'CONNECTOR');


--
-- Data for Name: cwd_user; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.cwd_user VALUES
	(98305, 'alex.example', 'alex.example', 'T', '2025-09-12 11:41:24.91', '2025-09-22 14:41:04.689', 'Alex', 'alex', 'Example', 'example', 'Alex Example', 'alex example', 'alex.example@example.com', 'alex.example@example.com', NULL, 163841, NULL),
	(98306, 'robin.exemplo', 'robin.exemplo', 'T', '2026-05-13 16:13:27.604', '2026-05-22 14:00:40.39', 'Robin', 'robin', 'Exemplo', 'exemplo', 'Robin Exemplo', 'robin exemplo', 'robin.exemplo@example.com', 'robin.exemplo@example.com', NULL, 163841, NULL),
	(98307, 'kim.pelda', 'kim.pelda', 'T', '2026-10-22 15:53:23.327', '2026-11-12 08:22:18.839', 'Kim', 'kim', 'Példa', 'példa', 'Kim Példa', 'kim példa', 'kim.pelda@example.com', 'kim.pelda@example.com', NULL, 163841, NULL),
	(98308, 'sam.yesi', 'sam.yesi', 'T', '2023-12-07 10:55:50.2', '2024-02-20 14:39:03.659', 'Sam', 'sam', '예시', '예시', '예시, Sam', '예시, sam', 'sam.yesi@example.com', 'sam.yesi@example.com', NULL, 163841, NULL),
	(98309, 'chris.muster', 'chris.muster', 'T', '2024-10-03 16:54:00.412', '2025-03-19 17:10:05.438', 'Chris', 'chris', 'Muster', 'muster', 'Chris Muster', 'chris muster', 'chris.muster@example.com', 'chris.muster@example.com', NULL, 163841, NULL),
	(98310, 'toni.exempel', 'toni.exempel', 'T', '2023-06-22 16:48:54.027', '2023-12-05 15:18:42.067', 'Toni', 'toni', 'Exempel', 'exempel', 'Toni Exempel', 'toni exempel', 'toni.exempel@example.org', 'toni.exempel@example.org', NULL, 98305, '{DEMO}never-export-this'),
	(98311, 'Toni.Exempel', 'toni.exempel', 'T', '2024-10-29 08:58:44.692', '2025-01-28 13:45:55.303', 'Toni', 'toni', 'Exempel', 'exempel', 'Toni Exempel', 'toni exempel', 'toni.exempel@example.com', 'toni.exempel@example.com', NULL, 163841, NULL);
INSERT INTO public.cwd_user VALUES
	(98312, 'andrea.paradeigma', 'andrea.paradeigma', 'T', '2026-01-22 13:05:13.594', '2026-03-31 12:03:21.675', 'Andrea', 'andrea', 'Παράδειγμα', 'παράδειγμα', 'Andrea Παράδειγμα', 'andrea παράδειγμα', 'andrea.paradeigma@example.com', 'andrea.paradeigma@example.com', NULL, 163841, NULL),
	(98313, 'sascha.exemple', 'sascha.exemple', 'T', '2023-05-09 09:19:59.273', '2023-08-17 09:40:02.887', 'Sascha', 'sascha', 'Exemple', 'exemple', 'Sascha Exemple', 'sascha exemple', 'sascha.exemple@example.com', 'sascha.exemple@example.com', NULL, 163841, NULL),
	(98314, 'noa.esimerkki', 'noa.esimerkki', 'T', '2026-05-04 17:55:11.111', '2026-06-22 20:11:31.503', 'Noa', 'noa', 'Esimerkki', 'esimerkki', 'Noa "N" Esimerkki', 'noa "n" esimerkki', 'noa.esimerkki@example.com', 'noa.esimerkki@example.com', NULL, 163841, NULL),
	(98315, 'yuki.pryklad', 'yuki.pryklad', 'T', '2024-11-15 13:47:22.049', '2025-02-10 02:21:24.149', 'Yuki', 'yuki', 'Приклад', 'приклад', 'Yuki Приклад', 'yuki приклад', 'yuki.pryklad@example.com', 'yuki.pryklad@example.com', NULL, 163841, NULL),
	(98316, 'deniz.esempio', 'deniz.esempio', 'T', '2025-04-09 09:28:06.367', '2025-04-14 20:39:38.387', 'Deniz', 'deniz', 'Esempio', 'esempio', 'Deniz Esempio', 'deniz esempio', 'deniz.esempio@example.com', 'deniz.esempio@example.com', NULL, 163841, NULL),
	(98317, 'charlie.priklad', 'charlie.priklad', 'F', '2026-06-04 21:37:24.937', '2026-06-19 12:49:52.329', 'Charlie', 'charlie', 'Příklad', 'příklad', 'Charlie Příklad', 'charlie příklad', 'charlie.priklad@example.com', 'charlie.priklad@example.com', NULL, 163841, NULL),
	(98318, 'sigrun.sanpuru', 'sigrun.sanpuru', 'T', '2023-11-07 11:36:11.371', '2024-12-15 15:43:05.962', 'Sigrún', 'sigrún', 'サンプル', 'サンプル', 'Sigrún サンプル', 'sigrún サンプル', 'sigrun.sanpuru@example.com', 'sigrun.sanpuru@example.com', NULL, 163841, NULL);
INSERT INTO public.cwd_user VALUES
	(98319, 'zoe.sample', 'zoe.sample', 'T', '2023-02-02 15:18:51.35', '2023-10-13 14:28:41.993', 'Zoë', 'zoë', 'Sample', 'sample', 'Zoë Sample', 'zoë sample', 'zoe.sample@example.com', 'zoe.sample@example.com', NULL, 163841, NULL),
	(98320, 'lucja.voorbeeld', 'lucja.voorbeeld', 'T', '2025-01-02 15:39:23.054', '2025-03-17 08:14:40.487', 'Łucja', 'łucja', 'Voorbeeld', 'voorbeeld', 'Łucja Voorbeeld', 'łucja voorbeeld', 'lucja.voorbeeld@example.com', 'lucja.voorbeeld@example.com', NULL, 163841, NULL),
	(98321, 'oyvind.ornek', 'oyvind.ornek', 'T', '2024-05-23 16:09:20.051', '2024-06-19 12:05:10.243', 'Øyvind', 'øyvind', 'Örnek', 'örnek', 'Øyvind Örnek', 'øyvind örnek', 'oyvind.ornek@example.org', 'oyvind.ornek@example.org', NULL, 98305, '{DEMO}never-export-this'),
	(98322, 'OYVIND.ORNEK', 'oyvind.ornek', 'T', '2023-08-08 21:27:21.108', '2023-11-30 03:12:55.914', 'Øyvind', 'øyvind', 'Örnek', 'örnek', 'Øyvind Örnek', 'øyvind örnek', 'oyvind.ornek@example.com', 'oyvind.ornek@example.com', NULL, 163841, NULL),
	(98323, 'juergen.dugma', 'juergen.dugma', 'T', '2023-08-22 12:01:52.84', '2023-09-13 12:39:09.341', 'Jürgen', 'jürgen', 'דוגמה', 'דוגמה', 'Jürgen דוגמה', 'jürgen דוגמה', 'juergen.dugma@example.com', 'juergen.dugma@example.com', NULL, 163841, NULL),
	(98324, 'ŽELJKA.Ärmel19', 'željka.ärmel19', 'T', '2025-04-25 13:23:11.609', '2025-05-03 00:45:58.199', 'Željka', 'željka', 'Beispiel', 'beispiel', 'Željka Beispiel', 'željka beispiel', 'ŽELJKA.Ärmel19@example.com', 'željka.ärmel19@example.com', NULL, 163841, NULL),
	(98325, 'oemer.eksempel', 'oemer.eksempel', 'T', '2023-12-05 12:49:01.643', '2024-08-29 16:50:21.861', 'Ömer', 'ömer', 'Eksempel', 'eksempel', 'Ömer Eksempel', 'ömer eksempel', 'oemer.eksempel@example.com', 'oemer.eksempel@example.com', NULL, 163841, NULL);
INSERT INTO public.cwd_user VALUES
	(98326, 'andre.primer', 'andre.primer', 'T', '2023-04-26 09:17:06.053', '2023-06-07 10:39:34.153', 'André', 'andré', 'Пример', 'пример', 'André Пример', 'andré пример', 'andre.primer@example.com', 'andre.primer@example.com', NULL, 163841, NULL),
	(98327, 'soren.udaharan', 'soren.udaharan', 'T', '2024-06-12 09:36:25.693', '2024-07-17 13:43:47.457', 'Søren', 'søren', 'उदाहरण', 'उदाहरण', 'Søren उदाहरण', 'søren उदाहरण', 'soren.udaharan@example.com', 'soren.udaharan@example.com', NULL, 163841, NULL),
	(98328, 'agca.ejemplo', 'agca.ejemplo', 'T', '2023-07-20 16:23:10.874', '2023-11-01 15:51:44.133', 'Ağça', 'ağça', 'Ejemplo', 'ejemplo', 'Ağça Ejemplo', 'ağça ejemplo', 'agca.ejemplo@example.com', 'agca.ejemplo@example.com', NULL, 163841, NULL),
	(98329, 'alex.sample', 'alex.sample', 'T', '2025-07-15 11:51:48.303', '2025-09-26 10:10:41.14', 'Alex', 'alex', 'Sample', 'sample', 'Alex Sample', 'alex sample', 'alex.sample@example.com', 'alex.sample@example.com', NULL, 163841, NULL),
	(98330, 'robin.voorbeeld', 'robin.voorbeeld', 'T', '2024-01-17 19:21:45.195', '2024-07-01 09:39:57.819', 'Robin', 'robin', 'Voorbeeld', 'voorbeeld', 'Robin Voorbeeld', 'robin voorbeeld', 'robin.voorbeeld@example.com', 'robin.voorbeeld@example.com', NULL, 163841, NULL),
	(98331, 'kim.ornek', 'kim.ornek', 'F', '2024-09-13 14:08:00.546', '2024-11-11 08:29:19.313', 'Kim', 'kim', 'Örnek', 'örnek', 'Kim Örnek', 'kim örnek', 'kim.ornek@example.com', 'kim.ornek@example.com', NULL, 163841, NULL),
	(98332, 'sam.dugma', 'sam.dugma', 'T', '2025-01-28 10:47:28.407', '2025-04-30 16:36:46.28', 'Sam', 'sam', 'דוגמה', 'דוגמה', 'Sam דוגמה', 'sam דוגמה', 'sam.dugma@example.com', 'sam.dugma@example.com', NULL, 163841, NULL);
INSERT INTO public.cwd_user VALUES
	(98333, 'chris.beispiel', 'chris.beispiel', 'T', '2024-11-29 12:52:39.883', '2025-01-08 14:09:27.338', 'Chris', 'chris', 'Beispiel', 'beispiel', 'Chris Beispiel', 'chris beispiel', 'chris.beispiel@example.com', 'chris.beispiel@example.com', NULL, 163841, NULL),
	(98334, 'toni.eksempel', 'toni.eksempel', 'T', '2023-07-31 13:41:44.426', '2023-10-06 12:27:55.922', 'Toni', 'toni', 'Eksempel', 'eksempel', 'Toni Eksempel', 'toni eksempel', 'toni.eksempel@old.example.net', 'toni.eksempel@old.example.net', NULL, 98306, NULL),
	(98335, 'toni.eksempel', 'toni.eksempel', 'T', '2025-08-05 12:16:19.958', '2025-12-15 17:42:44.341', 'Toni', 'toni', 'Eksempel', 'eksempel', 'Toni Eksempel', 'toni eksempel', 'toni.eksempel@example.com', 'toni.eksempel@example.com', NULL, 163841, NULL),
	(98336, 'andrea.primer', 'andrea.primer', 'T', '2023-09-05 10:30:22.365', '2024-02-29 22:36:25.552', '', '', '', '', '', '', NULL, NULL, NULL, 163841, NULL),
	(98337, 'jean.udaharan', 'jean.udaharan', 'T', '2023-10-11 15:26:12.427', '2024-03-15 10:35:17.431', 'Jean', 'jean', 'उदाहरण', 'उदाहरण', 'Jean उदाहरण', 'jean उदाहरण', 'jean.udaharan@example.com', 'jean.udaharan@example.com', NULL, 163841, NULL),
	(98338, 'sascha.ejemplo', 'sascha.ejemplo', 'T', '2025-11-26 09:23:50.49', '2025-12-31 13:05:56.152', 'Sascha', 'sascha', 'Ejemplo', 'ejemplo', 'Sascha Ejemplo', 'sascha ejemplo', 'sascha.ejemplo@example.com', 'sascha.ejemplo@example.com', NULL, 163841, NULL),
	(98339, 'noa.przyklad', 'noa.przyklad', 'T', '2026-07-21 14:25:36.587', '2026-07-27 09:54:43.234', 'Noa', 'noa', 'Przykład', 'przykład', 'Noa Przykład', 'noa przykład', 'noa.przyklad@example.com', 'noa.przyklad@example.com', NULL, 163841, NULL);
INSERT INTO public.cwd_user VALUES
	(98340, 'yuki.lizi', 'yuki.lizi', 'T', '2022-12-07 11:09:04.779', '2023-02-02 12:45:36.851', 'Yuki', 'yuki', '例子', '例子', 'Yuki 例子', 'yuki 例子', 'yuki.lizi@example.com', 'yuki.lizi@example.com', NULL, 163841, NULL),
	(98341, 'ariel.example', 'ariel.example', 'T', '2024-11-04 11:49:39.233', '2025-02-27 20:07:51.792', 'Ariel', 'ariel', 'Example', 'example', 'Ariel Example', 'ariel example', 'ariel.example@example.com', 'ariel.example@example.com', NULL, 163841, NULL),
	(98342, 'deniz.exemplo', 'deniz.exemplo', 'T', '2023-11-01 09:51:42.934', '2024-06-27 13:08:20.423', 'Deniz', 'deniz', 'Exemplo', 'exemplo', 'Deniz Exemplo', 'deniz exemplo', 'deniz.exemplo@example.org', 'deniz.exemplo@example.org', NULL, 98305, '{DEMO}never-export-this'),
	(98343, 'Deniz.Exemplo', 'deniz.exemplo', 'T', '2024-04-12 16:47:20.649', '2024-08-14 16:27:18.261', 'Deniz', 'deniz', 'Exemplo', 'exemplo', 'Deniz Exemplo', 'deniz exemplo', 'deniz.exemplo@example.com', 'deniz.exemplo@example.com', NULL, 163841, NULL),
	(98344, 'charlie.pelda', 'charlie.pelda', 'T', '2026-01-30 16:17:19.32', '2026-04-20 10:07:45.189', 'Charlie', 'charlie', 'Példa', 'példa', 'Charlie Példa', 'charlie példa', 'charlie.pelda@example.com', 'charlie.pelda@example.com', NULL, 163841, NULL),
	(98345, 'zoe.muster', 'zoe.muster', 'T', '2024-03-25 11:58:13.588', '2024-04-08 14:59:35.966', 'Zoë', 'zoë', 'Muster', 'muster', 'Zoë Muster', 'zoë muster', 'zoe.muster@example.com', 'zoe.muster@example.com', NULL, 163841, NULL),
	(98346, 'lucja.exempel', 'lucja.exempel', 'T', '2024-08-08 20:21:37.76', '2024-08-13 07:10:58.41', 'Łucja', 'łucja', 'Exempel', 'exempel', 'Exempel, Łucja', 'exempel, łucja', 'lucja.exempel@example.com', 'lucja.exempel@example.com', NULL, 163841, NULL);
INSERT INTO public.cwd_user VALUES
	(98347, 'oyvind.paradeigma', 'oyvind.paradeigma', 'T', '2026-02-27 15:29:06.865', '2026-07-07 16:52:58.446', 'Øyvind', 'øyvind', 'Παράδειγμα', 'παράδειγμα', 'Øyvind Παράδειγμα', 'øyvind παράδειγμα', 'oyvind.paradeigma@example.com', 'oyvind.paradeigma@example.com', NULL, 163841, NULL),
	(98348, 'zeljka.exemple', 'zeljka.exemple', 'T', '2023-06-08 14:03:38.487', '2023-08-12 12:55:12.92', 'Željka', 'željka', 'Exemple', 'exemple', 'Željka Exemple', 'željka exemple', 'zeljka.exemple@example.com', 'zeljka.exemple@example.com', NULL, 163841, NULL),
	(98349, 'oemer.esimerkki', 'oemer.esimerkki', 'F', '2026-02-03 08:46:52.986', '2026-05-29 04:05:30.897', 'Ömer', 'ömer', 'Esimerkki', 'esimerkki', 'Ömer Esimerkki', 'ömer esimerkki', 'oemer.esimerkki@example.com', 'oemer.esimerkki@example.com', NULL, 163841, NULL),
	(98350, 'andre.pryklad', 'andre.pryklad', 'T', '2024-12-12 16:43:12.043', '2025-02-03 23:08:23.838', 'André', 'andré', 'Приклад', 'приклад', 'André Приклад', 'andré приклад', 'andre.pryklad@example.com', 'andre.pryklad@example.com', NULL, 163841, NULL),
	(98351, 'soren.tuayang', 'soren.tuayang', 'T', '2025-06-05 09:44:23.336', '2025-09-10 17:37:11.778', 'Søren', 'søren', 'ตัวอย่าง', 'ตัวอย่าง', 'Søren "S" ตัวอย่าง', 'søren "s" ตัวอย่าง', 'soren.tuayang@example.com', 'soren.tuayang@example.com', NULL, 163841, NULL),
	(98352, 'agca.esempio', 'agca.esempio', 'T', '2024-11-07 08:05:58.04', '2025-03-17 11:06:03.381', 'Ağça', 'ağça', 'Esempio', 'esempio', 'Ağça Esempio', 'ağça esempio', 'agca.esempio@example.com', 'agca.esempio@example.com', NULL, 163841, NULL),
	(98353, 'alex.muster', 'alex.muster', 'T', '2024-09-19 01:30:32.154', '2024-12-25 12:31:21.52', 'Alex', 'alex', 'Muster', 'muster', 'Alex Muster', 'alex muster', 'alex.muster@example.org', 'alex.muster@example.org', NULL, 98305, '{DEMO}never-export-this');
INSERT INTO public.cwd_user VALUES
	(98354, 'Alex.Muster', 'alex.muster', 'T', '2023-01-18 11:04:35.823', '2023-10-13 15:32:51.257', 'Alex', 'alex', 'Muster', 'muster', 'Alex Muster', 'alex muster', 'alex.muster@example.com', 'alex.muster@example.com', NULL, 163841, NULL),
	(98355, 'robin.exempel', 'robin.exempel', 'T', '2024-04-16 15:46:04.631', '2024-06-21 09:15:20.889', 'Robin', 'robin', 'Exempel', 'exempel', 'Robin Exempel', 'robin exempel', 'robin.exempel@example.com', 'robin.exempel@example.com', NULL, 163841, NULL),
	(98356, 'KIM.Ärmel50', 'kim.ärmel50', 'T', '2023-07-26 11:08:08.792', '2023-07-27 09:22:09.715', 'Kim', 'kim', 'Παράδειγμα', 'παράδειγμα', 'Kim Παράδειγμα', 'kim παράδειγμα', 'KIM.Ärmel50@example.com', 'kim.ärmel50@example.com', NULL, 163841, NULL),
	(98357, 'sam.mithal', 'sam.mithal', 'T', '2025-06-24 14:10:48.21', '2025-11-24 10:53:59.135', 'Sam', 'sam', 'مثال', 'مثال', 'Sam مثال', 'sam مثال', 'sam.mithal@example.com', 'sam.mithal@example.com', NULL, 163841, NULL),
	(98358, 'chris.exemple', 'chris.exemple', 'T', '2023-01-17 13:42:14.679', '2023-08-16 17:15:25.757', 'Chris', 'chris', 'Exemple', 'exemple', 'Chris Exemple', 'chris exemple', 'chris.exemple@example.com', 'chris.exemple@example.com', NULL, 163841, NULL);


--
-- Data for Name: label; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.label VALUES
	(163841, 'how-to', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163842, 'meeting-notes', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163843, 'decision', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163844, 'retrospective', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163845, 'release', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163846, 'draft', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163847, 'important', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083');
INSERT INTO public.label VALUES
	(163848, 'archive', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163849, 'policy', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163850, 'template', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163851, 'runbook', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163852, 'faq', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163853, 'q1', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163854, 'q2', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083');
INSERT INTO public.label VALUES
	(163855, 'q3', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163856, 'q4', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163857, 'security', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163858, 'über-uns', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163859, 'données', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163860, 'проект', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163861, '重要', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083');
INSERT INTO public.label VALUES
	(163862, 'お知らせ', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163863, '공지', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163864, 'مهم', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163865, '🚀', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163866, 'c"quoted"', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163867, 'personal', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163868, 'expense', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083');
INSERT INTO public.label VALUES
	(163869, 'kb-how-to-article', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163870, 'file-list', NULL, 'global', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163871, 'department', NULL, 'team', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163872, 'project', NULL, 'team', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163873, 'archive', NULL, 'team', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163874, 'product', NULL, 'team', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163875, 'favourite', '4028b8818c56e79fe11ae65700000000', 'my', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083');
INSERT INTO public.label VALUES
	(163876, 'favourite', 'ff808081111ca7448c964cc600000001', 'my', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163877, 'favourite', 'ff808081dbbbd02794ed743100000002', 'my', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163878, 'favourite', 'ff808081d937992a43577ecb00000003', 'my', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163879, 'favourite', 'ff8080817f7ba26d8155b5d500000004', 'my', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163880, 'favourite', '4028b88139d922fa853d0ac600000005', 'my', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163881, 'favourite', 'ff808081b173c1b49d75d54300000006', 'my', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163882, 'favourite', 'ff808081f3719ad9211fcbef00000007', 'my', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083');
INSERT INTO public.label VALUES
	(163883, 'favourite', 'ff8080816b90880ce26f253000000008', 'my', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163884, 'favourite', 'ff808081f120143290da99e700000009', 'my', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163885, 'favourite', '4028b881d4a1cb083700b7cc0000000a', 'my', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083'),
	(163886, 'favourite', 'ff808081da299733f6e6062b0000000b', 'my', '2022-11-22 20:42:44.083', '2022-11-22 20:42:44.083');


--
-- Data for Name: plugindata; Type: TABLE DATA; Schema: public; Owner: postgres
--



--
-- Data for Name: remembermetoken; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.remembermetoken VALUES
	(1, 'u1', 'c4ca4238a0b923820dcc509a6f75849b'),
	(2, 'u2', 'c81e728d9d4c2f636f067f89cc14862c'),
	(3, 'u3', 'eccbc87e4b5ce2fe28308fd9f2a7baf3');


--
-- Data for Name: spaces; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.spaces VALUES
	(294913, 'Engineering', 'ENG', 'eng', 262146, 262145, '4028b881e43557e81b4dd51700000023', '2022-11-25 08:27:06.574', '4028b8818c56e79fe11ae65700000000', '2023-06-01 14:09:01.765', 'global', 'CURRENT'),
	(294914, 'Human Resources', 'HR', 'hr', 262192, 262191, 'ff80808198ea9fec1e0cc6cd00000010', '2023-06-07 09:38:58.493', 'ff8080817e4c44a7029bae880000000e', '2023-06-07 09:38:58.493', 'global', 'CURRENT'),
	(294915, 'Ağça Ejemplo', '~agca.old23', '~agca.old23', 196692, 196691, 'ff8080818d1949dca75f351f00000017', '2023-11-30 23:52:44.144', 'ff808081c54058801680257400000027', '2024-04-04 12:51:43.587', 'personal', 'CURRENT'),
	(294916, 'Documentation', 'docs', 'docs', 196746, 196745, 'ff808081cb3b5c1c6b0ea8d60000002f', '2024-05-16 13:24:04.646', 'ff80808137333dfb65e1ad2400000030', '2024-05-16 13:24:04.646', 'global', 'CURRENT'),
	(294917, 'Operations', 'OPS', 'ops', 262313, 262314, '4028b8818c56e79fe11ae65700000000', '2024-10-24 14:30:24.106', 'ff808081dbbbd02794ed743100000002', '2024-10-24 14:30:24.106', 'global', 'CURRENT'),
	(294918, 'Research & Development', 'RD', 'rd', 262348, 262347, 'ff808081cdc3baf971d3cd6f0000001a', '2025-03-19 08:26:46.238', '4028b88139d922fa853d0ac600000005', '2026-02-12 15:33:14.012', 'global', 'ARCHIVED'),
	(294919, 'Vertrieb München', 'VM', 'vm', 262380, 262379, 'ff8080816b90880ce26f253000000008', '2025-07-30 10:26:10.489', '4028b8818c56e79fe11ae65700000000', '2026-05-25 10:18:53.142', 'global', 'CURRENT');
INSERT INTO public.spaces VALUES
	(294920, 'Exempel, Łucja', '~4028b8819254ce39d3aa8ce300000028', '~4028b8819254ce39d3aa8ce300000028', 196985, 196984, '4028b8819254ce39d3aa8ce300000028', '2025-12-01 14:54:22.468', 'ff8080818d1949dca75f351f00000017', '2025-12-24 12:53:57.306', 'personal', 'CURRENT'),
	(294921, 'Marketing', 'MKT', 'mkt', 262476, 262475, '4028b8818c56e79fe11ae65700000000', '2026-03-17 16:00:40.944', 'ff8080817800930db0ea4e5300000015', '2026-04-16 20:40:52.692', 'global', 'CURRENT'),
	(294922, 'Finance, Tax and Controlling', 'FIN', 'fin', 197067, 197066, 'ff808081d937992a43577ecb00000003', '2026-06-17 11:08:14.562', 'ff808081111ca7448c964cc600000001', '2026-09-21 12:32:51.778', 'global', 'CURRENT'),
	(294923, '製品企画', 'PP', 'pp', 197117, 197116, 'ff808081b173c1b49d75d54300000006', '2026-09-02 10:09:01.062', 'ff808081b594223aee349a7b00000026', '2026-09-02 10:09:01.062', 'global', 'CURRENT'),
	(294924, 'Отдел качества', 'QA', 'qa', 262634, 262633, 'ff808081d937992a43577ecb00000003', '2026-10-27 05:32:14.944', '4028b881a50db695849c25b60000002d', '2026-10-27 05:32:14.944', 'global', 'CURRENT'),
	(294925, 'Chris Muster', '~chris.muster', '~chris.muster', 262694, NULL, 'ff8080817f7ba26d8155b5d500000004', '2026-09-08 09:34:41.421', 'ff808081ef49040852e00feb0000000c', '2026-10-20 15:59:18.627', 'personal', 'CURRENT'),
	(294926, 'Legal', 'LEGAL', 'legal', 262695, NULL, 'ff808081111ca7448c964cc600000001', '2025-12-10 08:45:48.716', 'ff808081f3719ad9211fcbef00000007', '2026-10-20 16:29:52.294', 'global', 'ARCHIVED');


--
-- Data for Name: user_mapping; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.user_mapping VALUES
	('4028b8818c56e79fe11ae65700000000', 'alex.example', 'alex.example'),
	('ff808081111ca7448c964cc600000001', 'robin.exemplo', 'robin.exemplo'),
	('ff808081dbbbd02794ed743100000002', 'kim.pelda', 'kim.pelda'),
	('ff808081d937992a43577ecb00000003', 'sam.yesi', 'sam.yesi'),
	('ff8080817f7ba26d8155b5d500000004', 'chris.muster', 'chris.muster'),
	('4028b88139d922fa853d0ac600000005', 'toni.exempel', 'toni.exempel'),
	('ff808081b173c1b49d75d54300000006', 'andrea.paradeigma', 'andrea.paradeigma');
INSERT INTO public.user_mapping VALUES
	('ff808081f3719ad9211fcbef00000007', 'jean.mithal', 'jean.mithal'),
	('ff8080816b90880ce26f253000000008', 'sascha.exemple', 'sascha.exemple'),
	('ff808081f120143290da99e700000009', 'noa.esimerkki', 'noa.esimerkki'),
	('4028b881d4a1cb083700b7cc0000000a', 'yuki.pryklad', 'yuki.pryklad'),
	('ff808081da299733f6e6062b0000000b', 'ff808081da299733f6e6062b0000000b', 'ff808081da299733f6e6062b0000000b'),
	('ff808081ef49040852e00feb0000000c', 'deniz.esempio', 'deniz.esempio'),
	('ff808081dbcb17b76c97052b0000000d', 'charlie.priklad', 'charlie.priklad');
INSERT INTO public.user_mapping VALUES
	('ff8080817e4c44a7029bae880000000e', 'sigrun.sanpuru', 'sigrun.sanpuru'),
	('4028b88120f59ee9326f096e0000000f', 'zoe.sample', 'zoe.sample'),
	('ff80808198ea9fec1e0cc6cd00000010', 'lucja.voorbeeld', 'lucja.voorbeeld'),
	('ff808081d2c5ad91ebd1729a00000011', 'oyvind.ornek', 'oyvind.ornek'),
	('ff808081c0bc4905e691837900000012', 'juergen.dugma', 'juergen.dugma'),
	('ff80808110d54dd58d01680a00000013', 'ŽELJKA.Ärmel19', NULL),
	('4028b881326816b16c12badd00000014', 'oemer.eksempel', 'oemer.eksempel');
INSERT INTO public.user_mapping VALUES
	('ff8080817800930db0ea4e5300000015', 'andre.primer', 'andre.primer'),
	('ff808081821d989a373a89bd00000016', 'soren.udaharan', 'soren.udaharan'),
	('ff8080818d1949dca75f351f00000017', 'agca.ejemplo', 'agca.ejemplo'),
	('ff808081e37959c1f5c91be200000018', 'alex.sample', 'alex.sample'),
	('4028b881f7cf6151541b775600000019', 'robin.voorbeeld', 'robin.voorbeeld'),
	('ff808081cdc3baf971d3cd6f0000001a', 'kim.ornek', 'kim.ornek'),
	('ff808081e09b7402e4c7b0d00000001b', 'sam.dugma', 'sam.dugma');
INSERT INTO public.user_mapping VALUES
	('ff8080814c9d62757d900c790000001c', 'chris.beispiel', 'chris.beispiel'),
	('ff8080813622ef91c68fac290000001d', 'toni.eksempel', 'toni.eksempel'),
	('4028b8811a33c728be40e85c0000001e', 'andrea.primer', 'andrea.primer'),
	('ff808081a1d9ed4fe66349e70000001f', 'jean.udaharan', 'jean.udaharan'),
	('ff808081d73e9d23c0ff1a6d00000020', 'sascha.ejemplo', 'sascha.ejemplo'),
	('ff808081740664fc0ff9262d00000021', 'noa.przyklad', 'noa.przyklad'),
	('ff80808193d6230a93733a9c00000022', 'yuki.lizi', 'yuki.lizi');
INSERT INTO public.user_mapping VALUES
	('4028b881e43557e81b4dd51700000023', 'ariel.example', 'ariel.example'),
	('ff8080812cc339b0b2edd3c600000024', 'deniz.exemplo', 'deniz.exemplo'),
	('ff80808125edaa2fbfa1951a00000025', 'charlie.pelda', 'charlie.pelda'),
	('ff808081b594223aee349a7b00000026', 'sigrun.yesi', 'sigrun.yesi'),
	('ff808081c54058801680257400000027', 'zoe.muster', 'zoe.muster'),
	('4028b8819254ce39d3aa8ce300000028', 'lucja.exempel', 'lucja.exempel'),
	('ff808081bf0a1655147e8e3100000029', 'oyvind.paradeigma', 'oyvind.paradeigma');
INSERT INTO public.user_mapping VALUES
	('ff808081feed15af13a6517e0000002a', 'ff808081feed15af13a6517e0000002a', 'ff808081feed15af13a6517e0000002a'),
	('ff8080815fb4d02704a03d230000002b', 'zeljka.exemple', 'zeljka.exemple'),
	('ff80808193d084b86b9d6f730000002c', 'oemer.esimerkki', 'oemer.esimerkki'),
	('4028b881a50db695849c25b60000002d', 'andre.pryklad', 'andre.pryklad'),
	('ff808081a5260b46d83df2e20000002e', 'soren.tuayang', 'soren.tuayang'),
	('ff808081cb3b5c1c6b0ea8d60000002f', 'agca.esempio', 'agca.esempio'),
	('ff80808137333dfb65e1ad2400000030', 'alex.muster', 'alex.muster');
INSERT INTO public.user_mapping VALUES
	('ff808081a5a6ccbacc12ce7e00000031', 'robin.exempel', 'robin.exempel'),
	('4028b8811fffeb5e5ca87c7e00000032', 'KIM.Ärmel50', NULL),
	('ff8080814aa0bf176e9ca43000000033', 'sam.mithal', 'sam.mithal'),
	('ff8080816a6cb711bcc3829800000034', 'chris.exemple', 'chris.exemple');


--
-- Data for Name: BLOBS; Type: BLOBS; Schema: -; Owner: -
--

BEGIN;

SELECT pg_catalog.lo_open('16669', 131072);
SELECT pg_catalog.lo_close(0);

SELECT pg_catalog.lo_open('16676', 131072);
SELECT pg_catalog.lowrite(0, '\x6c61726765206f626a656374');
SELECT pg_catalog.lo_close(0);

COMMIT;

--
-- Name: AO_7B47A5_EVENT AO_7B47A5_EVENT_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public."AO_7B47A5_EVENT"
    ADD CONSTRAINT "AO_7B47A5_EVENT_pkey" PRIMARY KEY ("ID");


--
-- Name: AO_8752F1_DATA_PIPELINE_EOO AO_8752F1_DATA_PIPELINE_EOO_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public."AO_8752F1_DATA_PIPELINE_EOO"
    ADD CONSTRAINT "AO_8752F1_DATA_PIPELINE_EOO_pkey" PRIMARY KEY ("ID");


--
-- Name: AO_8752F1_DATA_PIPELINE_JOB AO_8752F1_DATA_PIPELINE_JOB_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public."AO_8752F1_DATA_PIPELINE_JOB"
    ADD CONSTRAINT "AO_8752F1_DATA_PIPELINE_JOB_pkey" PRIMARY KEY ("ID");


--
-- Name: bandana bandana_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.bandana
    ADD CONSTRAINT bandana_pkey PRIMARY KEY (bandanaid);


--
-- Name: bodycontent bodycontent_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.bodycontent
    ADD CONSTRAINT bodycontent_pkey PRIMARY KEY (bodycontentid);


--
-- Name: confversion confversion_buildnumber_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.confversion
    ADD CONSTRAINT confversion_buildnumber_key UNIQUE (buildnumber);


--
-- Name: confversion confversion_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.confversion
    ADD CONSTRAINT confversion_pkey PRIMARY KEY (confversionid);


--
-- Name: content_label content_label_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.content_label
    ADD CONSTRAINT content_label_pkey PRIMARY KEY (id);


--
-- Name: content content_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.content
    ADD CONSTRAINT content_pkey PRIMARY KEY (contentid);


--
-- Name: contentproperties contentproperties_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.contentproperties
    ADD CONSTRAINT contentproperties_pkey PRIMARY KEY (propertyid);


--
-- Name: cwd_app_dir_mapping cwd_app_dir_mapping_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.cwd_app_dir_mapping
    ADD CONSTRAINT cwd_app_dir_mapping_pkey PRIMARY KEY (id);


--
-- Name: cwd_application cwd_application_lower_application_name_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.cwd_application
    ADD CONSTRAINT cwd_application_lower_application_name_key UNIQUE (lower_application_name);


--
-- Name: cwd_application cwd_application_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.cwd_application
    ADD CONSTRAINT cwd_application_pkey PRIMARY KEY (id);


--
-- Name: cwd_directory cwd_directory_lower_directory_name_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.cwd_directory
    ADD CONSTRAINT cwd_directory_lower_directory_name_key UNIQUE (lower_directory_name);


--
-- Name: cwd_directory cwd_directory_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.cwd_directory
    ADD CONSTRAINT cwd_directory_pkey PRIMARY KEY (id);


--
-- Name: cwd_user cwd_user_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.cwd_user
    ADD CONSTRAINT cwd_user_pkey PRIMARY KEY (id);


--
-- Name: label label_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.label
    ADD CONSTRAINT label_pkey PRIMARY KEY (labelid);


--
-- Name: plugindata plugindata_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.plugindata
    ADD CONSTRAINT plugindata_pkey PRIMARY KEY (id);


--
-- Name: remembermetoken remembermetoken_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.remembermetoken
    ADD CONSTRAINT remembermetoken_pkey PRIMARY KEY (id);


--
-- Name: spaces spaces_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.spaces
    ADD CONSTRAINT spaces_pkey PRIMARY KEY (spaceid);


--
-- Name: spaces spaces_spacekey_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.spaces
    ADD CONSTRAINT spaces_spacekey_key UNIQUE (spacekey);


--
-- Name: user_mapping user_mapping_lower_username_key; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.user_mapping
    ADD CONSTRAINT user_mapping_lower_username_key UNIQUE (lower_username);


--
-- Name: user_mapping user_mapping_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.user_mapping
    ADD CONSTRAINT user_mapping_pkey PRIMARY KEY (user_key);


--
-- Name: AO_7B47A5_EVENT_EVENT_AT_ID_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "AO_7B47A5_EVENT_EVENT_AT_ID_idx" ON public."AO_7B47A5_EVENT" USING btree ("EVENT_AT", "ID");


--
-- Name: AO_7B47A5_EVENT_NAME_CONTAINER_ID_EVENT_AT_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX "AO_7B47A5_EVENT_NAME_CONTAINER_ID_EVENT_AT_idx" ON public."AO_7B47A5_EVENT" USING btree ("NAME", "CONTAINER_ID", "EVENT_AT");


--
-- Name: bodycontent_contentid_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX bodycontent_contentid_idx ON public.bodycontent USING btree (contentid);


--
-- Name: content_label_contentid_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX content_label_contentid_idx ON public.content_label USING btree (contentid);


--
-- Name: content_pageid_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX content_pageid_idx ON public.content USING btree (pageid);


--
-- Name: content_parentid_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX content_parentid_idx ON public.content USING btree (parentid);


--
-- Name: content_prevver_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX content_prevver_idx ON public.content USING btree (prevver);


--
-- Name: content_spaceid_contenttype_prevver_content_status_creation_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX content_spaceid_contenttype_prevver_content_status_creation_idx ON public.content USING btree (spaceid, contenttype, prevver, content_status, creationdate);


--
-- Name: content_title_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX content_title_idx ON public.content USING btree (title);


--
-- Name: bodycontent bodycontent_contentid_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.bodycontent
    ADD CONSTRAINT bodycontent_contentid_fkey FOREIGN KEY (contentid) REFERENCES public.content(contentid);


--
-- Name: content content_creator_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.content
    ADD CONSTRAINT content_creator_fkey FOREIGN KEY (creator) REFERENCES public.user_mapping(user_key);


--
-- Name: content content_spaceid_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.content
    ADD CONSTRAINT content_spaceid_fkey FOREIGN KEY (spaceid) REFERENCES public.spaces(spaceid);


--
-- Name: spaces spaces_homepage_fkey; Type: FK CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.spaces
    ADD CONSTRAINT spaces_homepage_fkey FOREIGN KEY (homepage) REFERENCES public.content(contentid);


--
-- PostgreSQL database dump complete
--

\unrestrict aQWYwbxNnFJnQmQto7QJSanIeKSzH5fdeuGaIjiLUzKyrQUkxFYSEHlMraWRb2G

