package secret

// Service is the name under which Sluice keeps its secrets in the keyring. The
// account of a secret is the normalised base URL of its server.
const Service = "Sluice"
