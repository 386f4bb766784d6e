--
-- PostgreSQL database dump
--

\restrict PsjlR7QopKgYIwkNzT1NsYcH5yIdtw0iV55bVBWh42a0sMlJKfMXaQbWHUL4lQZ

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

SET default_tablespace = '';

SET default_table_access_method = heap;

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
-- Data for Name: bodycontent; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.bodycontent (bodycontentid, body, contentid, bodytypeid) VALUES (229496, 'line
break
and	tab, back\slash, "quotes" ''single''  ünïcödé 漢字 😀 \N \. $$ -- /* ;', 196671, 2);
INSERT INTO public.bodycontent (bodycontentid, body, contentid, bodytypeid) VALUES (229526, '\.', 262235, 2);
INSERT INTO public.bodycontent (bodycontentid, body, contentid, bodytypeid) VALUES (229984, '<p><strong>Change request 205</strong></p>
<ac:structured-macro ac:name="expand" ac:schema-version="1"><ac:rich-text-body><p>Requests, complaints, ideas: put them on the board, not into somebody''s inbox. This section is out of date. See the page below, which replaces it.</p>
<ul>
<li>This decision holds until the end of the year and will then be looked at again.</li>
<li>The deadline is the 15th, ', 262457, 2);
INSERT INTO public.bodycontent (bodycontentid, body, contentid, bodytypeid) VALUES (229712, '<p>If the service doesn''t answer within five seconds, the caller tries once more and then gives up.</p><p>What went well? What didn''t? What do we change by Monday?</p><p>Each team names one person who answers questions about its part, and one who stands in.<br />Keep it short; link to the details.</p><p>Where a &lt; b and b &gt; c, the order is not what you''d expect.</p><p>Where a &lt; b and b &gt', 196819, 2);
INSERT INTO public.bodycontent (bodycontentid, body, contentid, bodytypeid) VALUES (229777, '<p>Les données de l’année dernière sont archivées, pas effacées.<br />L’équipe se réunit chaque mardi à dix heures.</p>', 262349, 2);
INSERT INTO public.bodycontent (bodycontentid, body, contentid, bodytypeid) VALUES (229854, '<p>For visitors: the network is called &quot;guest&quot;, the password changes every Monday.<br />We measured 1,250 requests per second before, 1,900 after, on the same machine.</p><p>We agreed to keep the old address for one more quarter, then redirect it.</p><p>If the service doesn''t answer within five seconds, the caller tries once more and then gives up.</p><p>The old folder (C:\new\reports) s', 196932, 2);
INSERT INTO public.bodycontent (bodycontentid, body, contentid, bodytypeid) VALUES (229914, '<p><ac:image ac:height="250" ac:alt="Vendor comparison"><ri:attachment ri:filename="screenshot (1).png" /></ac:image></p>
<p><em>The owner of a page is whoever changed it last, whether they like it or not.</em></p><ac:structured-macro ac:name="tip" ac:schema-version="1" ac:macro-id="f613cae5-c1f6-45d2-9356-0e967c7d366e"><ac:parameter ac:name="title">Team charter</ac:parameter><ac:rich-text-body><p', 262424, 2);
INSERT INTO public.bodycontent (bodycontentid, body, contentid, bodytypeid) VALUES (229926, '<p>Requests, complaints, ideas: put them on the board, not into somebody''s inbox.</p><p>The deadline is the 15th, not the 16th, and it is noon, not midnight.</p><p>We agreed to keep the old address for one more quarter, then redirect it.<br />If in doubt, leave it out; if not in doubt, ask somebody.</p><p>If in doubt, leave it out; if not in doubt, ask somebody.</p><p>Costs went up by 12 %, mostly', 262433, 2);
INSERT INTO public.bodycontent (bodycontentid, body, contentid, bodytypeid) VALUES (229965, '<ac:structured-macro ac:name="code" ac:schema-version="1" ac:macro-id="3ceac6f3-7e38-452b-b486-499d2326efda"><ac:parameter ac:name="language">bash</ac:parameter><ac:plain-text-body><![CDATA[#!/bin/sh
set -eu
for f in *.csv; do
	wc -l "$f"   # count, compare
done
printf ''a\tb\n'']]></ac:plain-text-body></ac:structured-macro><ac:structured-macro ac:name="note" ac:schema-version="1" ac:macro-id="ea9d4', 197001, 2);
INSERT INTO public.bodycontent (bodycontentid, body, contentid, bodytypeid) VALUES (230018, '<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell><p>After the change, check the log for lines that start with WARN, and count them. Keep it short; link to the details.</p></ac:layout-cell>
<ac:layout-cell><p>The steps below were tried by someone who had never done this before. A calendar entry, an agenda and an owner: without all three there is no meeting.</p></ac:layout-cell></ac', 262478, 2);
INSERT INTO public.bodycontent (bodycontentid, body, contentid, bodytypeid) VALUES (230029, '<p><ac:image ac:height="250" ac:alt="Vendor comparison"><ri:attachment ri:filename="export.csv" /></ac:image></p>
<p><em>Every alarm has an instruction, and an alarm without one is switched off.</em></p><p>A restart helps, but it doesn''t explain; keep the log before you restart.</p><p>Numbers without a date are worth nothing: write down when you measured.</p><p>Nobody likes surprises on a Friday, ', 197038, 2);
INSERT INTO public.bodycontent (bodycontentid, body, contentid, bodytypeid) VALUES (230132, '<p><strong>Reunión del año 315</strong></p>
<p>Backups are kept for 35 days; a restore takes about two hours &amp; needs a second pair of eyes. We tried the &quot;obvious&quot; solution first, and it failed for reasons nobody had thought of. There are three ways to do this, and two of them are wrong. Nobody likes surprises on a Friday, so deployments end on Thursday at noon.</p>
<p>El servidor se ', 262554, 2);
INSERT INTO public.bodycontent (bodycontentid, body, contentid, bodytypeid) VALUES (230143, '<p><strong>סיכום פגישה 324</strong></p>
<h3>Data retention</h3>
<p>Data retention&nbsp;&mdash; We tried the &quot;obvious&quot; solution first, and it failed for reasons nobody had thought of.</p><ac:structured-macro ac:name="expand" ac:schema-version="1"><ac:rich-text-body><p>נא לקרוא את הדף הזה לפני ששואלים. נא לקרוא את הדף הזה לפני ששואלים. נא לקרוא את הדף הזה לפני ששואלים. הגיבוי רץ בכל לילה. ', 197105, 2);
INSERT INTO public.bodycontent (bodycontentid, body, contentid, bodytypeid) VALUES (230214, '<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell><p>Two people can approve a change, one of whom must not be its author. We measured 1,250 requests per second before, 1,900 after, on the same machine.</p></ac:layout-cell>
<ac:layout-cell><p>For visitors: the network is called &quot;guest&quot;, the password changes every Monday. Keep it short; link to the details.</p></ac:layout-c', 262608, 2);
INSERT INTO public.bodycontent (bodycontentid, body, contentid, bodytypeid) VALUES (230241, '', 262631, 2);


--
-- Data for Name: content; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (196671, 1, 'BLOGPOST', '\N', 'weekly update 2023-09-22 no 55', 1, 'ff80808193d084b86b9d6f730000002c', '2023-09-22 18:39:49.936', 'ff80808193d084b86b9d6f730000002c', '2023-09-22 18:39:49.936', NULL, NULL, 'current', NULL, 294914, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (196735, 1, 'ATTACHMENT', 'design "v2".svg', 'design "v2".svg', 1, 'ff808081dbbbd02794ed743100000002', '2024-04-26 10:34:54.699', 'ff808081dbbbd02794ed743100000002', '2024-04-26 10:34:54.699', NULL, 196734, 'current', NULL, 294913, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (196819, 1, 'COMMENT', NULL, NULL, 1, 'ff8080814c9d62757d900c790000001c', '2024-11-27 17:02:11.151', 'ff8080814c9d62757d900c790000001c', '2024-11-27 17:02:11.151', NULL, NULL, 'current', 262154, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 196769, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (196930, 1, 'ATTACHMENT', '🎉.gif', '🎉.gif', 1, 'ff808081b173c1b49d75d54300000006', '2025-08-07 09:54:02.806', 'ff808081b173c1b49d75d54300000006', '2025-08-07 09:54:02.806', NULL, NULL, 'current', 196928, 294915, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (196932, 1, 'COMMENT', NULL, NULL, 1, 'ff808081da299733f6e6062b0000000b', '2025-08-08 09:39:50.185', 'ff808081da299733f6e6062b0000000b', '2025-08-08 09:39:50.185', NULL, NULL, 'current', 196621, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 262219, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (196943, 1, 'ATTACHMENT', 'slides, final.pptx', 'slides, final.pptx', 1, 'ff808081111ca7448c964cc600000001', '2025-09-12 15:34:06.945', 'ff808081111ca7448c964cc600000001', '2025-09-12 15:34:06.945', NULL, NULL, 'current', 196941, 294918, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (197001, 1, 'PAGE', 'Sık sorulan sorular 246', 'sık sorulan sorular 246', 1, 'ff808081740664fc0ff9262d00000021', '2026-01-07 09:37:41.948', 'ff808081740664fc0ff9262d00000021', '2026-01-07 09:37:41.948', NULL, NULL, 'current', NULL, 294913, NULL, 262145, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (197024, 1, 'ATTACHMENT', 'export.csv', 'export.csv', 1, 'ff8080816b90880ce26f253000000008', '2026-02-24 13:00:19.634', 'ff8080816b90880ce26f253000000008', '2026-02-24 13:00:19.634', NULL, NULL, 'current', 197021, 294913, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (197038, 1, 'PAGE', 'Travel policy 277', 'travel policy 277', 1, 'ff80808193d084b86b9d6f730000002c', '2026-04-13 16:12:47.178', 'ff80808193d084b86b9d6f730000002c', '2026-04-13 16:12:47.178', NULL, NULL, 'current', NULL, 294916, NULL, 196745, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (197052, 1, 'ATTACHMENT', 'budget 2025.xlsx', 'budget 2025.xlsx', 1, '4028b8819254ce39d3aa8ce300000028', '2026-04-27 20:32:29.669', '4028b8819254ce39d3aa8ce300000028', '2026-04-27 20:32:29.669', NULL, 197051, 'current', NULL, 294915, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (197102, 1, 'ATTACHMENT', 'screenshot (1).png', 'screenshot (1).png', 1, 'ff8080817e4c44a7029bae880000000e', '2026-08-04 17:48:55.682', 'ff8080817e4c44a7029bae880000000e', '2026-08-04 17:48:55.682', NULL, NULL, 'current', 197101, 294913, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (197105, 2, 'PAGE', 'סיכום פגישה 324', 'סיכום פגישה 324', 2, 'ff8080817f7ba26d8155b5d500000004', '2026-08-10 17:51:09.49', 'ff808081821d989a373a89bd00000016', '2026-08-18 14:24:54.874', NULL, NULL, 'current', NULL, 294913, NULL, 196933, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (197159, 1, 'ATTACHMENT', 'diagram.png', 'diagram.png', 1, 'ff8080812cc339b0b2edd3c600000024', '2026-10-15 21:50:25.683', 'ff8080812cc339b0b2edd3c600000024', '2026-10-15 21:50:25.683', 'Typo', NULL, 'current', 197156, 294913, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (197176, 1, 'ATTACHMENT', '写真.jpg', '写真.jpg', 1, 'ff808081111ca7448c964cc600000001', '2026-11-05 08:00:04.938', 'ff808081111ca7448c964cc600000001', '2026-11-05 08:00:04.938', 'Reverted to version 3', NULL, 'current', 197174, 294914, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (197177, 1, 'ATTACHMENT', 'report.pdf', 'report.pdf', 1, 'ff808081ef49040852e00feb0000000c', '2026-11-05 12:18:10.484', 'ff808081ef49040852e00feb0000000c', '2026-11-05 12:18:10.484', NULL, NULL, 'current', 197174, 294914, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (262235, 1, 'COMMENT', NULL, NULL, 1, 'ff808081111ca7448c964cc600000001', '2023-11-24 10:30:10.657', 'ff808081111ca7448c964cc600000001', '2023-11-24 10:30:10.657', NULL, NULL, 'current', 196621, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 196659, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (262349, 1, 'COMMENT', NULL, NULL, 1, '4028b881d4a1cb083700b7cc0000000a', '2025-03-20 14:38:05.508', '4028b881d4a1cb083700b7cc0000000a', '2025-03-20 14:38:05.508', NULL, NULL, 'current', 262145, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 196669, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (262424, 1, 'PAGE', 'Troubleshooting 224', 'troubleshooting 224', 1, 'ff808081dbbbd02794ed743100000002', '2025-10-23 10:29:06.592', 'ff808081dbbbd02794ed743100000002', '2025-10-23 10:29:06.592', NULL, NULL, 'current', NULL, 294914, 16, 262405, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (262433, 1, 'COMMENT', NULL, NULL, 1, 'ff808081f120143290da99e700000009', '2025-11-07 15:07:56.092', 'ff808081f120143290da99e700000009', '2025-11-07 15:07:56.092', NULL, NULL, 'current', 196933, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (262457, 1, 'PAGE', 'Change request 205', 'change request 205', 1, 'ff8080816b90880ce26f253000000008', '2025-08-14 09:51:18.174', 'ff8080816b90880ce26f253000000008', '2025-08-14 09:51:18.174', NULL, 262381, 'current', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (262478, 1, 'BLOGPOST', 'Requirements 271', 'requirements 271', 1, 'ff8080817e4c44a7029bae880000000e', '2026-03-26 09:55:25.18', 'ff8080817e4c44a7029bae880000000e', '2026-03-26 09:55:25.18', NULL, NULL, 'current', NULL, 294913, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (262554, 3, 'PAGE', 'Reunión del año 315', 'reunión del año 315', 3, 'ff80808125edaa2fbfa1951a00000025', '2026-07-21 13:41:21.667', 'ff80808125edaa2fbfa1951a00000025', '2026-09-08 14:05:45.554', NULL, 262543, 'current', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (262608, 1, 'PAGE', 'Travel policy 339', 'travel policy 339', 1, 'ff8080818d1949dca75f351f00000017', '2026-09-09 16:00:19.642', 'ff8080818d1949dca75f351f00000017', '2026-09-09 16:00:19.642', NULL, 262586, 'current', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.content (contentid, hibernateversion, contenttype, title, lowertitle, version, creator, creationdate, lastmodifier, lastmoddate, versioncomment, prevver, content_status, pageid, spaceid, child_position, parentid, pluginkey, pluginver, parentccid, draftpageid, draftspacekey, drafttype, draftpageversion, parentcommentid, username) VALUES (262631, 1, 'PAGE', 'COPY public.content FROM stdin;
\.
INSERT INTO content VALUES (1);', 'onboarding 367', 1, '4028b88139d922fa853d0ac600000005', '2026-10-26 08:01:11.32', '4028b88139d922fa853d0ac600000005', '2026-10-26 08:01:11.32', NULL, NULL, 'current', NULL, 294913, NULL, 262549, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);


--
-- Data for Name: spaces; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.spaces (spaceid, spacename, spacekey, lowerspacekey, spacedescid, homepage, creator, creationdate, lastmodifier, lastmoddate, spacetype, spacestatus) VALUES (294913, 'Engineering', 'ENG', 'eng', 262146, 262145, '4028b881e43557e81b4dd51700000023', '2022-11-25 08:27:06.574', '4028b8818c56e79fe11ae65700000000', '2023-06-01 14:09:01.765', 'global', 'CURRENT');
INSERT INTO public.spaces (spaceid, spacename, spacekey, lowerspacekey, spacedescid, homepage, creator, creationdate, lastmodifier, lastmoddate, spacetype, spacestatus) VALUES (294914, 'Human Resources', 'HR', 'hr', 262192, 262191, 'ff80808198ea9fec1e0cc6cd00000010', '2023-06-07 09:38:58.493', 'ff8080817e4c44a7029bae880000000e', '2023-06-07 09:38:58.493', 'global', 'CURRENT');
INSERT INTO public.spaces (spaceid, spacename, spacekey, lowerspacekey, spacedescid, homepage, creator, creationdate, lastmodifier, lastmoddate, spacetype, spacestatus) VALUES (294915, 'Ağça Ejemplo', '~agca.old23', '~agca.old23', 196692, 196691, 'ff8080818d1949dca75f351f00000017', '2023-11-30 23:52:44.144', 'ff808081c54058801680257400000027', '2024-04-04 12:51:43.587', 'personal', 'CURRENT');
INSERT INTO public.spaces (spaceid, spacename, spacekey, lowerspacekey, spacedescid, homepage, creator, creationdate, lastmodifier, lastmoddate, spacetype, spacestatus) VALUES (294916, 'Documentation', 'docs', 'docs', 196746, 196745, 'ff808081cb3b5c1c6b0ea8d60000002f', '2024-05-16 13:24:04.646', 'ff80808137333dfb65e1ad2400000030', '2024-05-16 13:24:04.646', 'global', 'CURRENT');
INSERT INTO public.spaces (spaceid, spacename, spacekey, lowerspacekey, spacedescid, homepage, creator, creationdate, lastmodifier, lastmoddate, spacetype, spacestatus) VALUES (294917, 'Operations', 'OPS', 'ops', 262313, 262314, '4028b8818c56e79fe11ae65700000000', '2024-10-24 14:30:24.106', 'ff808081dbbbd02794ed743100000002', '2024-10-24 14:30:24.106', 'global', 'CURRENT');
INSERT INTO public.spaces (spaceid, spacename, spacekey, lowerspacekey, spacedescid, homepage, creator, creationdate, lastmodifier, lastmoddate, spacetype, spacestatus) VALUES (294918, 'Research & Development', 'RD', 'rd', 262348, 262347, 'ff808081cdc3baf971d3cd6f0000001a', '2025-03-19 08:26:46.238', '4028b88139d922fa853d0ac600000005', '2026-02-12 15:33:14.012', 'global', 'ARCHIVED');
INSERT INTO public.spaces (spaceid, spacename, spacekey, lowerspacekey, spacedescid, homepage, creator, creationdate, lastmodifier, lastmoddate, spacetype, spacestatus) VALUES (294919, 'Vertrieb München', 'VM', 'vm', 262380, 262379, 'ff8080816b90880ce26f253000000008', '2025-07-30 10:26:10.489', '4028b8818c56e79fe11ae65700000000', '2026-05-25 10:18:53.142', 'global', 'CURRENT');
INSERT INTO public.spaces (spaceid, spacename, spacekey, lowerspacekey, spacedescid, homepage, creator, creationdate, lastmodifier, lastmoddate, spacetype, spacestatus) VALUES (294920, 'Exempel, Łucja', '~4028b8819254ce39d3aa8ce300000028', '~4028b8819254ce39d3aa8ce300000028', 196985, 196984, '4028b8819254ce39d3aa8ce300000028', '2025-12-01 14:54:22.468', 'ff8080818d1949dca75f351f00000017', '2025-12-24 12:53:57.306', 'personal', 'CURRENT');
INSERT INTO public.spaces (spaceid, spacename, spacekey, lowerspacekey, spacedescid, homepage, creator, creationdate, lastmodifier, lastmoddate, spacetype, spacestatus) VALUES (294921, 'Marketing', 'MKT', 'mkt', 262476, 262475, '4028b8818c56e79fe11ae65700000000', '2026-03-17 16:00:40.944', 'ff8080817800930db0ea4e5300000015', '2026-04-16 20:40:52.692', 'global', 'CURRENT');
INSERT INTO public.spaces (spaceid, spacename, spacekey, lowerspacekey, spacedescid, homepage, creator, creationdate, lastmodifier, lastmoddate, spacetype, spacestatus) VALUES (294922, 'Finance, Tax and Controlling', 'FIN', 'fin', 197067, 197066, 'ff808081d937992a43577ecb00000003', '2026-06-17 11:08:14.562', 'ff808081111ca7448c964cc600000001', '2026-09-21 12:32:51.778', 'global', 'CURRENT');
INSERT INTO public.spaces (spaceid, spacename, spacekey, lowerspacekey, spacedescid, homepage, creator, creationdate, lastmodifier, lastmoddate, spacetype, spacestatus) VALUES (294923, '製品企画', 'PP', 'pp', 197117, 197116, 'ff808081b173c1b49d75d54300000006', '2026-09-02 10:09:01.062', 'ff808081b594223aee349a7b00000026', '2026-09-02 10:09:01.062', 'global', 'CURRENT');
INSERT INTO public.spaces (spaceid, spacename, spacekey, lowerspacekey, spacedescid, homepage, creator, creationdate, lastmodifier, lastmoddate, spacetype, spacestatus) VALUES (294924, 'Отдел качества', 'QA', 'qa', 262634, 262633, 'ff808081d937992a43577ecb00000003', '2026-10-27 05:32:14.944', '4028b881a50db695849c25b60000002d', '2026-10-27 05:32:14.944', 'global', 'CURRENT');
INSERT INTO public.spaces (spaceid, spacename, spacekey, lowerspacekey, spacedescid, homepage, creator, creationdate, lastmodifier, lastmoddate, spacetype, spacestatus) VALUES (294925, 'Chris Muster', '~chris.muster', '~chris.muster', 262694, NULL, 'ff8080817f7ba26d8155b5d500000004', '2026-09-08 09:34:41.421', 'ff808081ef49040852e00feb0000000c', '2026-10-20 15:59:18.627', 'personal', 'CURRENT');
INSERT INTO public.spaces (spaceid, spacename, spacekey, lowerspacekey, spacedescid, homepage, creator, creationdate, lastmodifier, lastmoddate, spacetype, spacestatus) VALUES (294926, 'Legal', 'LEGAL', 'legal', 262695, NULL, 'ff808081111ca7448c964cc600000001', '2025-12-10 08:45:48.716', 'ff808081f3719ad9211fcbef00000007', '2026-10-20 16:29:52.294', 'global', 'ARCHIVED');


--
-- Data for Name: user_mapping; Type: TABLE DATA; Schema: public; Owner: postgres
--

INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('4028b8818c56e79fe11ae65700000000', 'alex.example', 'alex.example');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081111ca7448c964cc600000001', 'robin.exemplo', 'robin.exemplo');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081dbbbd02794ed743100000002', 'kim.pelda', 'kim.pelda');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081d937992a43577ecb00000003', 'sam.yesi', 'sam.yesi');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff8080817f7ba26d8155b5d500000004', 'chris.muster', 'chris.muster');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('4028b88139d922fa853d0ac600000005', 'toni.exempel', 'toni.exempel');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081b173c1b49d75d54300000006', 'andrea.paradeigma', 'andrea.paradeigma');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081f3719ad9211fcbef00000007', 'jean.mithal', 'jean.mithal');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff8080816b90880ce26f253000000008', 'sascha.exemple', 'sascha.exemple');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081f120143290da99e700000009', 'noa.esimerkki', 'noa.esimerkki');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('4028b881d4a1cb083700b7cc0000000a', 'yuki.pryklad', 'yuki.pryklad');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081da299733f6e6062b0000000b', 'ff808081da299733f6e6062b0000000b', 'ff808081da299733f6e6062b0000000b');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081ef49040852e00feb0000000c', 'deniz.esempio', 'deniz.esempio');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081dbcb17b76c97052b0000000d', 'charlie.priklad', 'charlie.priklad');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff8080817e4c44a7029bae880000000e', 'sigrun.sanpuru', 'sigrun.sanpuru');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('4028b88120f59ee9326f096e0000000f', 'zoe.sample', 'zoe.sample');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff80808198ea9fec1e0cc6cd00000010', 'lucja.voorbeeld', 'lucja.voorbeeld');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081d2c5ad91ebd1729a00000011', 'oyvind.ornek', 'oyvind.ornek');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081c0bc4905e691837900000012', 'juergen.dugma', 'juergen.dugma');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff80808110d54dd58d01680a00000013', 'ŽELJKA.Ärmel19', NULL);
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('4028b881326816b16c12badd00000014', 'oemer.eksempel', 'oemer.eksempel');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff8080817800930db0ea4e5300000015', 'andre.primer', 'andre.primer');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081821d989a373a89bd00000016', 'soren.udaharan', 'soren.udaharan');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff8080818d1949dca75f351f00000017', 'agca.ejemplo', 'agca.ejemplo');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081e37959c1f5c91be200000018', 'alex.sample', 'alex.sample');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('4028b881f7cf6151541b775600000019', 'robin.voorbeeld', 'robin.voorbeeld');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081cdc3baf971d3cd6f0000001a', 'kim.ornek', 'kim.ornek');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081e09b7402e4c7b0d00000001b', 'sam.dugma', 'sam.dugma');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff8080814c9d62757d900c790000001c', 'chris.beispiel', 'chris.beispiel');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff8080813622ef91c68fac290000001d', 'toni.eksempel', 'toni.eksempel');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('4028b8811a33c728be40e85c0000001e', 'andrea.primer', 'andrea.primer');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081a1d9ed4fe66349e70000001f', 'jean.udaharan', 'jean.udaharan');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081d73e9d23c0ff1a6d00000020', 'sascha.ejemplo', 'sascha.ejemplo');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081740664fc0ff9262d00000021', 'noa.przyklad', 'noa.przyklad');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff80808193d6230a93733a9c00000022', 'yuki.lizi', 'yuki.lizi');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('4028b881e43557e81b4dd51700000023', 'ariel.example', 'ariel.example');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff8080812cc339b0b2edd3c600000024', 'deniz.exemplo', 'deniz.exemplo');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff80808125edaa2fbfa1951a00000025', 'charlie.pelda', 'charlie.pelda');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081b594223aee349a7b00000026', 'sigrun.yesi', 'sigrun.yesi');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081c54058801680257400000027', 'zoe.muster', 'zoe.muster');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('4028b8819254ce39d3aa8ce300000028', 'lucja.exempel', 'lucja.exempel');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081bf0a1655147e8e3100000029', 'oyvind.paradeigma', 'oyvind.paradeigma');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081feed15af13a6517e0000002a', 'ff808081feed15af13a6517e0000002a', 'ff808081feed15af13a6517e0000002a');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff8080815fb4d02704a03d230000002b', 'zeljka.exemple', 'zeljka.exemple');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff80808193d084b86b9d6f730000002c', 'oemer.esimerkki', 'oemer.esimerkki');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('4028b881a50db695849c25b60000002d', 'andre.pryklad', 'andre.pryklad');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081a5260b46d83df2e20000002e', 'soren.tuayang', 'soren.tuayang');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081cb3b5c1c6b0ea8d60000002f', 'agca.esempio', 'agca.esempio');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff80808137333dfb65e1ad2400000030', 'alex.muster', 'alex.muster');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff808081a5a6ccbacc12ce7e00000031', 'robin.exempel', 'robin.exempel');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('4028b8811fffeb5e5ca87c7e00000032', 'KIM.Ärmel50', NULL);
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff8080814aa0bf176e9ca43000000033', 'sam.mithal', 'sam.mithal');
INSERT INTO public.user_mapping (user_key, username, lower_username) VALUES ('ff8080816a6cb711bcc3829800000034', 'chris.exemple', 'chris.exemple');


--
-- Name: bodycontent bodycontent_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.bodycontent
    ADD CONSTRAINT bodycontent_pkey PRIMARY KEY (bodycontentid);


--
-- Name: content content_pkey; Type: CONSTRAINT; Schema: public; Owner: postgres
--

ALTER TABLE ONLY public.content
    ADD CONSTRAINT content_pkey PRIMARY KEY (contentid);


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
-- Name: bodycontent_contentid_idx; Type: INDEX; Schema: public; Owner: postgres
--

CREATE INDEX bodycontent_contentid_idx ON public.bodycontent USING btree (contentid);


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

\unrestrict PsjlR7QopKgYIwkNzT1NsYcH5yIdtw0iV55bVBWh42a0sMlJKfMXaQbWHUL4lQZ

