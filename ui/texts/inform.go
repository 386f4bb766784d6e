package texts

import (
	"fmt"
	"strings"
)

// InForm names places of the form of a snapshot in place of the flags of the command
// line by which an error names them.
func InForm(text string) string {
	x := T.Take
	field := func(name string) string { return fmt.Sprintf(x.InField, name) }
	return strings.NewReplacer(
		"with --password-file,", fmt.Sprintf(x.InPassword, x.Password),
		"the keyring (once with --save-password) or at the prompt of a terminal", x.InKeyring,
		"with --ssh-passphrase-file or at the prompt of a terminal", x.InAsked,
		x.InFile, x.InAgent, // there is no field for it
		"at the prompt of a terminal", x.InAsked,
		"with --ssh-key", field(x.SSHKey),
		"with --ssh", field(x.SSH),
		"with --schema", field(x.Schema),
		"with --user", field(x.User),
		"with --dbname", x.InAddress,
		"without --max-rate and --load", x.InRatesGone,
		"of --max-rate and --load", x.InRates,
		"than --statement-timeout allows", x.InAllowed,
		"take it anew with --replace", x.InAnew,
	).Replace(text)
}

// InDelivery names the fields of the form of a delivery in place of the flags of the command
// line by which an error names them. Nobody is asked for a passphrase there: a file holds it.
func InDelivery(text string) string {
	return strings.NewReplacer(
		"with --ssh-passphrase-file", fmt.Sprintf(T.Take.InField, T.Delivery.Passphrase),
		"with --ssh-key", fmt.Sprintf(T.Take.InField, T.Delivery.SSHKey),
	).Replace(text)
}
