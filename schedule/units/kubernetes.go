package units

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"sluice/schedule"
)

// kubernetes writes a CronJob for each expression.
func kubernetes(p schedule.Plan, o Options) (string, error) {
	list, err := all(p)
	if err == nil {
		err = namedZone(p)
	}
	if err != nil {
		return "", err
	}
	zone := p.Place.String()
	var jobs []string
	for i, expression := range p.Times.Crons() {
		if list[i].last {
			return "", fmt.Errorf("it has no last day of a month")
		}
		name := fileName(p.Name)
		if len(list) > 1 {
			name = fmt.Sprintf("%s-%d", name, i+1)
		}
		b, err := yaml.Marshal(cronJob(p, o, name, expression, zone))
		if err != nil {
			return "", fmt.Errorf("write YAML: %w", err)
		}
		jobs = append(jobs, "# "+about(p)+". The claim \"sluice\" holds the settings, the snapshots and the exports.\n"+string(b))
	}
	return strings.Join(jobs, "---\n"), nil
}

type object = map[string]any

// cronJob is the document of one expression.
func cronJob(p schedule.Plan, o Options, name, expression, zone string) object {
	container := object{"name": "sluice", "image": o.Image, "args": o.arguments(p.Name),
		"env":          []object{{"name": "XDG_CONFIG_HOME", "value": "/data/config"}, {"name": "XDG_DATA_HOME", "value": "/data/data"}, {"name": "XDG_CACHE_HOME", "value": "/tmp"}},
		"volumeMounts": []object{{"name": "data", "mountPath": "/data"}}}
	pod := object{"restartPolicy": "Never", "containers": []object{container},
		"volumes": []object{{"name": "data", "persistentVolumeClaim": object{"claimName": "sluice"}}}}
	spec := object{"schedule": expression, "timeZone": zone, "concurrencyPolicy": "Forbid", "suspend": p.Disabled,
		"jobTemplate": object{"spec": object{"backoffLimit": 0, "template": object{"spec": pod}}}}
	if p.Missed != schedule.Run {
		spec["startingDeadlineSeconds"] = 120
	}
	return object{"apiVersion": "batch/v1", "kind": "CronJob", "metadata": object{"name": name}, "spec": spec}
}
