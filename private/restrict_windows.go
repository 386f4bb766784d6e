package private

import (
	"errors"

	"golang.org/x/sys/windows"

	"sluice/wording"
)

// Restrict gives a folder or file to the person who runs the program, the system
// and the administrators, who could take it anyway; what is below a folder inherits
// that. A list of rights that inherits nothing is left as it is: it was set before,
// by this function or by somebody who knows. A disk that keeps no rights is no error.
func Restrict(path string) error {
	err := restrict(path)
	if errors.Is(err, windows.ERROR_NOT_SUPPORTED) || errors.Is(err, windows.ERROR_INVALID_FUNCTION) {
		return nil
	}
	if err != nil {
		return wording.Errorf("keep %s from others: %w", path, err)
	}
	return nil
}

func restrict(path string) error {
	now, err := windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
	if err != nil {
		return err
	}
	if control, _, err := now.Control(); err != nil || control&windows.SE_DACL_PROTECTED != 0 {
		return err
	}
	list, err := ownersList()
	if err != nil {
		return err
	}
	return windows.SetNamedSecurityInfo(path, windows.SE_FILE_OBJECT,
		windows.DACL_SECURITY_INFORMATION|windows.PROTECTED_DACL_SECURITY_INFORMATION, nil, nil, list, nil)
}

// ownersList gives every right to the owner, the system and the administrators.
func ownersList() (*windows.ACL, error) {
	owner, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return nil, err
	}
	allowed := []*windows.SID{owner.User.Sid}
	for _, known := range []windows.WELL_KNOWN_SID_TYPE{windows.WinLocalSystemSid, windows.WinBuiltinAdministratorsSid} {
		sid, err := windows.CreateWellKnownSid(known)
		if err != nil {
			return nil, err
		}
		allowed = append(allowed, sid)
	}
	var entries []windows.EXPLICIT_ACCESS
	for _, sid := range allowed {
		entries = append(entries, windows.EXPLICIT_ACCESS{
			AccessPermissions: windows.GENERIC_ALL,
			AccessMode:        windows.GRANT_ACCESS,
			Inheritance:       windows.SUB_CONTAINERS_AND_OBJECTS_INHERIT,
			Trustee: windows.TRUSTEE{TrusteeForm: windows.TRUSTEE_IS_SID, TrusteeType: windows.TRUSTEE_IS_UNKNOWN,
				TrusteeValue: windows.TrusteeValueFromSID(sid)},
		})
	}
	return windows.ACLFromEntries(entries, nil)
}
