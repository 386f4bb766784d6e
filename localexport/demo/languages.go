package demo

// language is the material that texts of one language are put together from. Sentences and titles are plain text:
// they are escaped where they go into a body.
type language struct {
	titles    []string
	sentences []string
}

// english is the site's main language. Its titles are "safe": they hold ASCII letters, digits, spaces and hyphens,
// so their addresses are readable.
var english = language{
	titles: []string{
		"Release notes", "Meeting notes", "How to set up the build", "Onboarding", "Architecture overview",
		"Runbook", "Incident review", "Retrospective", "Roadmap", "Travel policy", "Decision record",
		"Test plan", "Team charter", "Data retention", "Backup and restore", "Style guide", "Interview guide",
		"Capacity planning", "Status report", "Requirements", "Glossary", "Troubleshooting", "Service catalogue",
		"Change request", "Vendor comparison", "Workshop summary", "Migration plan", "Access review",
	},
	sentences: []string{
		"The build runs on every push, and a red build blocks the release until someone has looked at it.",
		"Please read this page before you ask for access; most questions are answered here.",
		"We agreed to keep the old address for one more quarter, then redirect it.",
		"Nobody likes surprises on a Friday, so deployments end on Thursday at noon.",
		"The figures are from the last complete month and don't include the test systems.",
		"If the service doesn't answer within five seconds, the caller tries once more and then gives up.",
		"Each team names one person who answers questions about its part, and one who stands in.",
		"\"Done\" means: it is documented, it is monitored, and somebody else could repair it.",
		"The limits are soft: a warning at 80 %, a message to the owner at 95 %, and nothing is deleted.",
		"Backups are kept for 35 days; a restore takes about two hours & needs a second pair of eyes.",
		"Requests, complaints, ideas: put them on the board, not into somebody's inbox.",
		"There are three ways to do this, and two of them are wrong.",
		"Where a < b and b > c, the order is not what you'd expect.",
		"The steps below were tried by someone who had never done this before.",
		"Costs went up by 12 %, mostly because of storage; the details are in the table.",
		"We tried the \"obvious\" solution first, and it failed for reasons nobody had thought of.",
		"Ask for a review early: a draft with questions is better than a finished page with mistakes.",
		"This decision holds until the end of the year and will then be looked at again.",
		"The test data has the same shape as the real data, but none of its names.",
		"After the change, check the log for lines that start with WARN, and count them.",
		"A calendar entry, an agenda and an owner: without all three there is no meeting.",
		"The old folder (C:\\new\\reports) stays readable for everyone, but nothing is added to it.",
		"What went well? What didn't? What do we change by Monday?",
		"Keep it short; link to the details.",
		"The owner of a page is whoever changed it last, whether they like it or not.",
		"Numbers without a date are worth nothing: write down when you measured.",
		"A restart helps, but it doesn't explain; keep the log before you restart.",
		"The new form replaces the old one, the e-mail, and the sheet of paper on the door.",
		"Two people can approve a change, one of whom must not be its author.",
		"For visitors: the network is called \"guest\", the password changes every Monday.",
		"We measured 1,250 requests per second before, 1,900 after, on the same machine.",
		"If in doubt, leave it out; if not in doubt, ask somebody.",
		"The deadline is the 15th, not the 16th, and it is noon, not midnight.",
		"This section is out of date. See the page below, which replaces it.",
		"Every alarm has an instruction, and an alarm without one is switched off.",
		"Old devices go to the collection point on the ground floor, with their cables.",
	},
}

// others are the languages that a page or comment is written in now and then. The last two are no languages but
// texts from outside the Basic Multilingual Plane, where one character takes two UTF-16 units.
var others = []language{
	{ // German
		titles: []string{"Übersicht der Abläufe", "Häufige Fragen", "Änderungsprotokoll", "Prüfliste für Größen"},
		sentences: []string{
			"Die Prüfung läuft täglich um sechs Uhr, außer an Feiertagen.",
			"Größere Änderungen müssen zwei Tage vorher angekündigt werden.",
			"„Fertig“ heißt: geprüft, beschrieben und übergeben.",
			"Rückfragen bitte über das Formular, nicht per Telefon.",
		},
	},
	{ // French
		titles: []string{"Règles de déploiement", "Procès-verbal de l’équipe", "Où trouver les accès"},
		sentences: []string{
			"L’équipe se réunit chaque mardi à dix heures.",
			"« Terminé » veut dire : vérifié, décrit et transmis.",
			"Les données de l’année dernière sont archivées, pas effacées.",
			"Ça marche déjà sur le système d’essai.",
		},
	},
	{ // Spanish
		titles: []string{"Guía de instalación rápida", "Reunión del año", "¿Qué hacer si falla?"},
		sentences: []string{
			"El servidor se reinicia cada noche, según el horario de la región.",
			"¿Quién responde? ¡El equipo de guardia!",
			"Mañana añadimos los campos que faltan.",
		},
	},
	{ // Polish
		titles:    []string{"Zażółć gęślą jaźń", "Przegląd usług", "Lista życzeń"},
		sentences: []string{"Kopia zapasowa jest wykonywana co noc.", "Żadne dane nie są usuwane bez zgody właściciela.", "Proszę sprawdzić źródło błędu."},
	},
	{ // Turkish
		titles:    []string{"İş akışı", "Değişiklik günlüğü", "Sık sorulan sorular"},
		sentences: []string{"Işıklar kapanınca yedekleme başlar.", "İstanbul ofisi cuma günü kapalıdır.", "Önce okuyun, sonra sorun."},
	},
	{ // Vietnamese
		titles:    []string{"Hướng dẫn cài đặt", "Biên bản cuộc họp"},
		sentences: []string{"Hệ thống được sao lưu mỗi đêm.", "Vui lòng đọc kỹ trước khi hỏi.", "Số liệu của tháng trước đã đầy đủ."},
	},
	{ // Greek
		titles:    []string{"Οδηγός εγκατάστασης", "Πρακτικά συνάντησης"},
		sentences: []string{"Το σύστημα ελέγχεται κάθε πρωί.", "Διαβάστε πρώτα αυτή τη σελίδα.", "Τα στοιχεία είναι του προηγούμενου μήνα."},
	},
	{ // Russian
		titles:    []string{"Руководство по установке", "Протокол встречи", "Частые вопросы"},
		sentences: []string{"Резервная копия создаётся каждую ночь.", "Пожалуйста, сначала прочитайте эту страницу.", "Ошибки записываются в журнал, а не теряются."},
	},
	{ // Ukrainian
		titles:    []string{"Перелік послуг", "Їжа та відрядження"},
		sentences: []string{"Зміни вносять щочетверга, об одинадцятій.", "Її дані зберігаються п’ять років."},
	},
	{ // Arabic
		titles:    []string{"دليل التثبيت", "محضر الاجتماع"},
		sentences: []string{"تُنشأ نسخة احتياطية كل ليلة.", "يرجى قراءة هذه الصفحة أولاً، ثم طرح الأسئلة.", "الأرقام من الشهر الماضي."},
	},
	{ // Hebrew
		titles:    []string{"מדריך התקנה", "סיכום פגישה"},
		sentences: []string{"הגיבוי רץ בכל לילה.", "נא לקרוא את הדף הזה לפני ששואלים."},
	},
	{ // Hindi
		titles:    []string{"स्थापना मार्गदर्शिका", "बैठक का विवरण"},
		sentences: []string{"हर रात बैकअप लिया जाता है।", "कृपया पहले यह पृष्ठ पढ़ें।", "आँकड़े पिछले महीने के हैं।"},
	},
	{ // Thai
		titles:    []string{"คู่มือการติดตั้ง", "บันทึกการประชุม"},
		sentences: []string{"ระบบสำรองข้อมูลทุกคืน", "โปรดอ่านหน้านี้ก่อนถาม"},
	},
	{ // Japanese
		titles:    []string{"導入手順", "会議メモ", "よくある質問"},
		sentences: []string{"バックアップは毎晩行われます。", "質問の前にこのページを読んでください。", "「完了」とは、確認、記録、引き継ぎが済んだことです。", "先月の数値です。"},
	},
	{ // Chinese
		titles:    []string{"安装指南", "会议纪要", "常见问题"},
		sentences: []string{"系统每天晚上自动备份。", "提问之前,请先阅读本页。", "“完成”是指:已检查、已记录、已交接。", "上个月的数据已经齐全。"},
	},
	{ // Korean
		titles:    []string{"설치 안내", "회의록"},
		sentences: []string{"백업은 매일 밤 실행됩니다.", "질문하기 전에 이 페이지를 읽어 주세요.", "지난달 수치입니다."},
	},
	{ // Georgian and Armenian
		titles:    []string{"ინსტრუქცია", "Ուղեցույց"},
		sentences: []string{"სარეზერვო ასლი ყოველ ღამე იქმნება.", "Նախ կարդացեք այս էջը։"},
	},
	{ // Emoji, also with joiners, flags, skin tones and variation selectors
		titles:    []string{"🎉 Launch party", "Team lunch 🍜🥗", "🚧 Under construction 🚧"},
		sentences: []string{"Shipped! 🚀🎉", "Thanks to everyone who helped 🙏🏽👩‍💻👨‍👩‍👧‍👦.", "Status: ✅ done, ⚠️ watch, ❌ broken, 🏳️‍🌈 🇪🇺 🇺🇳.", "🐛 → 🔍 → 🛠️ → 😀"},
	},
	{ // Rare ideographs, mathematical letters and an old script
		titles:    []string{"𝒜 proof of 𝑒 = 𝑚𝑐²", "𠮷野の𩸽メモ"},
		sentences: []string{"Let 𝒜 ⊂ 𝔹 and 𝑥 ∈ 𝒜; then 𝑓(𝑥) ≠ ∅.", "𠮷野で𩸽を食べた。", "𐌲𐌿𐍄𐌰𐍂𐌰𐌶𐌳𐌰"},
	},
}

// farScripts are those of the other languages, by their place in the list, whose letters many fonts lack: Chinese,
// Arabic, Hindi, emoji, Japanese, Korean, Hebrew and Thai.
var farScripts = []int{14, 9, 11, 17, 13, 15, 10, 12}

// unsafeTitles hold signs that Confluence does not put into a readable address.
var unsafeTitles = []string{
	"Questions & answers", "C++ guidelines", "Input/output", "What is new?", "100% coverage", `The "blue" plan`,
	"Agenda: quarterly review", "Costs; benefits", `Path \\server\share`, "§ 12 of the handbook", "Terms, conditions, and more",
}
