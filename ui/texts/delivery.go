package texts

// Delivery are the sentences about bringing the files of jobs to where they are used.
type Delivery struct {
	Open, Title, Caption, ListOpen, ListTitle, ListCaption, Empty, EmptyText, Add, Edit, Test, Testing       string
	Reachable, Remove, RemoveTitle, RemoveText, Save, AddTitle, EditTitle, FormCaption, Enabled              string
	Where, NewPlace, NewPlaceHint, Start, Stop, NoneChosen                                                   string
	Name, NameHint, NameOnce, Place, PlaceHint, Form, Files, FilesHint, AsTheyAre, CSVOnly                   string
	ParquetOnly, AsParquet, Pack, PackHint, PackNone, PackGzip, PackZstd, Layout, LayoutHint, LayoutJob      string
	LayoutTable, Redact, RedactHint, SFTP, SSHKey, SSHKeyHint, KnownHosts, KnownHostsHint, S3                string
	Passphrase, PassphraseHint, BadPassphrase, OpenPassphrase                                                string
	Endpoint, EndpointHint, Region, RegionHint, Profile, ProfileHint                                         string
	GoesTo, Redacted, Packed, ByTable, Off, Waiting, Bringing, Redacting, Converting, Done, Already          string
	Stopped, Failed, Proved, NoticeDone, NoticeFailed, NeedName, NeedPlace, TakenName, Owes, Retry, Retrying string
	OnServer, Forget, ForgetNow, ForgetTitle                                                                 string
	Owed, FilesDone, Gone, ForgetText, Forgotten                                                             Plural
}

func englishDelivery() Delivery {
	return Delivery{
		Open: "Deliver…", Title: "Deliver job %d", Caption: "Files are brought whole or not at all, each is compared with what was sent, and a marker is written last. What is there already stays.",
		ListOpen: "Deliveries", ListTitle: "Deliveries of %s", ListCaption: "Each export that a schedule completes is brought to these places. Any job can be delivered by hand, from its menu in the history.",
		Empty: "Nothing is delivered", EmptyText: "Bring finished files to a share, a server of SFTP or storage of the S3 kind: after each run of a schedule, or when you say so.",
		Add: "Add a delivery", Edit: "Edit", Test: "Test", Testing: "Reaching it…", Reachable: "%s can be reached. Nothing was written.", Enabled: "After each scheduled export",
		Remove: "Remove", RemoveTitle: "Remove the delivery %s?", RemoveText: "Nothing is brought there any more. What was delivered stays.", Save: "Save",
		AddTitle: "Add a delivery", EditTitle: "The delivery %s", FormCaption: "Where the files of this source go, and in which form.",
		Where: "Where to", NewPlace: "A new place", NewPlaceHint: "For this time, or kept in the list under a name.", Start: "Deliver", Stop: "Stop",
		NoneChosen: "Choose a place first.",
		Name:       "Name", NameHint: "Such as share or lake", NameOnce: "Keep it in the list under this name. Empty: for this time alone", Place: "Place",
		PlaceHint: "A folder of a mounted share, sftp://user@host/path or s3://bucket/prefix", Form: "What",
		Files: "Files", FilesHint: "Which of the job's files, and whether CSV becomes Parquet on its way", AsTheyAre: "All, as they are", CSVOnly: "CSV only", ParquetOnly: "Parquet only", AsParquet: "As Parquet, converted where it is CSV",
		Pack: "Pack CSV", PackHint: "Parquet is packed inside", PackNone: "As it is", PackGzip: "gzip", PackZstd: "zstd",
		Layout: "Folders", LayoutHint: "Spark and Athena read one folder for each table", LayoutJob: "One for each job", LayoutTable: "One for each table",
		Redact: "Redaction", RedactHint: "no-content, no-people, gdpr, or a file with rules. What is kept here stays whole. Empty: as it lies here",
		SFTP: "SFTP", SSHKey: "Private key", SSHKeyHint: "Empty: that of ~/.ssh/config, of the agent, or a usual one", KnownHosts: "Known hosts", KnownHostsHint: "Empty: ~/.ssh/known_hosts",
		Passphrase: "File with the passphrase", PassphraseHint: "Of a key that is encrypted; only you may read it. Empty: the agent has the key, or it needs none",
		BadPassphrase: "The file with the passphrase cannot be used: %v", OpenPassphrase: "Others can read or change %s: chmod 600 takes that away",
		S3: "Storage", Endpoint: "Endpoint", EndpointHint: "Where the storage is. Empty: Amazon's", Region: "Region", RegionHint: "Empty: the storage is asked", Profile: "Profile", ProfileHint: "Of the AWS credentials file. The keys of the environment win over it",
		GoesTo: "to %s", Redacted: "redacted: %s", Packed: "packed with %s", ByTable: "a folder for each table", Off: "by hand only",
		Waiting: "waits", Bringing: "Delivering %s", Redacting: "Redacting %s", Converting: "Converting %s", Done: "Delivered: %s, %s.", Already: "All is there already, whole: %s, %s. Nothing was sent.",
		Stopped: "Stopped. A later delivery begins again.", Failed: "Not delivered: %s", Proved: "Each was compared with what was sent.",
		NoticeDone: "Job %d was delivered", NoticeFailed: "Job %d was not delivered", NeedName: "Give it a name.", NeedPlace: "Name a folder, or an address that begins with sftp:// or s3://.", TakenName: "There is a delivery of that name already: choose another one.",
		Owes: "The oldest was complete at %s.", Retry: "Deliver now", Retrying: "Delivering…",
		OnServer: "The next run of a schedule fetches what is on the server still.", Forget: "Forget…", ForgetNow: "Forget", ForgetTitle: "Forget what is to be delivered to %s?",
		Owed: "%s job is to be delivered yet.|%s jobs are to be delivered yet.", FilesDone: "%s file|%s files",
		Gone:       "%[1]s job cannot be delivered, since its files are gone: job %[2]s.|%[1]s jobs cannot be delivered, since their files are gone: jobs %[2]s.",
		ForgetText: "%[1]s job is not brought there any more: job %[2]s. What there is of its files stays.|%[1]s jobs are not brought there any more: jobs %[2]s. What there is of their files stays.",
		Forgotten:  "%[1]s job was forgotten, and not delivered: job %[2]s.|%[1]s jobs were forgotten, and not delivered: jobs %[2]s.",
	}
}
