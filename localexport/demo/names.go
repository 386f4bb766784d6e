package demo

// The people of the demo site are nobody: every family name is a word for "example" or "sample".

var givenNames = []string{
	"Alex", "Robin", "Kim", "Sam", "Chris", "Toni", "Andrea", "Jean", "Sascha", "Noa", "Yuki", "Ariel", "Deniz", "Charlie",
	"Sigrún", "Zoë", "Łucja", "Øyvind", "Jürgen", "Željka", "Ömer", "André", "Søren", "Ağça",
}

var familyNames = []string{
	"Example", "Sample", "Muster", "Beispiel", "Exemple", "Ejemplo", "Esempio", "Exemplo", "Voorbeeld", "Exempel",
	"Eksempel", "Esimerkki", "Przykład", "Příklad", "Példa", "Örnek", "Παράδειγμα", "Пример", "Приклад", "例子", "サンプル",
	"예시", "דוגמה", "مثال", "उदाहरण", "ตัวอย่าง",
}

// asciiFamilyNames are the same names as they stand in a login.
var asciiFamilyNames = []string{
	"example", "sample", "muster", "beispiel", "exemple", "ejemplo", "esempio", "exemplo", "voorbeeld", "exempel",
	"eksempel", "esimerkki", "przyklad", "priklad", "pelda", "ornek", "paradeigma", "primer", "pryklad", "lizi", "sanpuru",
	"yesi", "dugma", "mithal", "udaharan", "tuayang",
}

var asciiGivenNames = []string{
	"alex", "robin", "kim", "sam", "chris", "toni", "andrea", "jean", "sascha", "noa", "yuki", "ariel", "deniz", "charlie",
	"sigrun", "zoe", "lucja", "oyvind", "juergen", "zeljka", "oemer", "andre", "soren", "agca",
}

// spaceNames and spaceKeys belong together; further spaces repeat them with a number.
var spaceNames = []string{
	"Engineering", "Human Resources", "Documentation", "Operations", "Research & Development", "Vertrieb München", "Marketing",
	"Finance, Tax and Controlling", "製品企画", "Отдел качества", "Legal", "\"Skunk\" Works", "Customer Support", "Équipe Réseau",
	"Data Platform", "Facilities", "Security", "Training 🎓", "المشاريع", "Product Design",
}

var spaceKeys = []string{
	"ENG", "HR", "docs", "OPS", "RD", "VM", "MKT", "FIN", "PP", "QA", "LEGAL", "SW", "CS", "NET", "DATA", "FAC", "SEC", "TRAIN",
	"PROJ", "UX",
}

// labelNames are the stems of global labels; further labels repeat them with a number.
var labelNames = []string{
	"how-to", "meeting-notes", "decision", "retrospective", "release", "draft", "important", "archive", "policy", "template",
	"runbook", "faq", "q1", "q2", "q3", "q4", "security", "über-uns", "données", "проект", "重要", "お知らせ", "공지", "مهم", "🚀",
	"c\"quoted\"", "personal", "expense", "kb-how-to-article", "file-list",
}

var fileNames = []string{
	"report.pdf", "budget 2025.xlsx", "diagram.png", "screenshot (1).png", "slides, final.pptx", "notes.txt", "übersicht.docx", "写真.jpg",
	"export.csv", "archive.zip", "design \"v2\".svg", "🎉.gif",
}

var mediaTypes = []string{
	"application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "image/png", "image/png",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation", "text/plain",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "image/jpeg", "text/csv", "application/zip",
	"image/svg+xml", "image/gif",
}

// changeComments are what people write when they save a page.
var changeComments = []string{
	"Typo", "Fixed links", "Added the new figures, see table 2", "As discussed:\n- shorter\n- clearer", "Second draft\r\nplease review",
	"Reverted to version 3", "\"Final\" version", "Übersetzung ergänzt", "更新しました", "👍", "moved from the old wiki",
}
