package preview

import (
	"slices"

	"sluice/ui/texts"
)

// fillInput offers the files of an archive, and to follow a file that may grow.
func (r *readPanel) fillInput() {
	r.filling = true
	defer func() { r.filling = false }()
	i := r.on.current().info
	shown(r.memberBox, len(i.Members) > 1)
	r.member.SetOptions(i.Members)
	r.member.SetSelectedIndex(slices.Index(i.Members, i.Member))
	label := texts.T.Preview.Read.Follow
	if r.follow {
		label = texts.T.Preview.Read.FollowNot
	}
	r.following.SetText(label)
	shown(r.following, i.Packed == "" && !isStream(r.path))
}

// chooseMember reads another file of the archive, in which all is guessed anew.
func (r *readPanel) chooseMember(name string) {
	if r.filling || name == "" || name == r.on.current().info.Member {
		return
	}
	next := r.chosen
	next.Member = name
	r.apply(next)
}

// toggleFollow reads the file on as it grows, or no longer.
func (r *readPanel) toggleFollow() {
	if r.on.busy() {
		return
	}
	r.follow = !r.follow
	r.on.Open(r.path)
}
