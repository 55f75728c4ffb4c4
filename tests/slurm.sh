#!/bin/sh
# An array job of Slurm over the samples, on two nodes of a cluster that is set up here on loopback: the results of the
# tasks, joined, are those of one process. Needs Debian's slurmctld, slurmd, slurm-client and munge, and root.
# Environment: TRICH, the command to test.
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
: "${TRICH:=$root/build/trich}"
for program in slurmctld slurmd sbatch munged; do
    command -v $program > /dev/null || { echo "slurm: skipped: there is no $program (apt-get install slurmctld slurmd slurm-client munge)"; exit 0; }
done
[ "$(id -u)" = 0 ] || { echo 'slurm: skipped: only root can be a node'; exit 0; }

work=$(mktemp -d) || exit 2
chmod 755 "$work"
pids=
finish() {
    for pid in $pids; do kill "$pid" 2> /dev/null; done
    wait 2> /dev/null
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM
port=$((20000 + $$ % 10000))
mkdir "$work/munge" "$work/state" "$work/n1" "$work/n2"
head -c 128 /dev/urandom > "$work/munge/key"
chmod 700 "$work/munge"
chmod 600 "$work/munge/key"

# The socket's folder has to be open to those who talk to munged.
mkdir "$work/socket"
chmod 711 "$work/socket"
munged --foreground --force --key-file="$work/munge/key" --socket="$work/socket/munge" --pid-file="$work/munge/pid" \
    --seed-file="$work/munge/seed" --log-file="$work/munge/log" 2> "$work/munge.err" &
pids=$!

host=$(hostname -s)
cat > "$work/slurm.conf" <<END
ClusterName=trich
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$work/socket/munge
CredType=cred/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/%n
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/%n/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/%n.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
MpiDefault=none
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=1
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=1
PartitionName=all Nodes=n1,n2 Default=YES MaxTime=5 State=UP
END
# Loaded and not used. The plugin for version 2 would ask systemd for a place in its tree.
echo 'CgroupPlugin=cgroup/v1' > "$work/cgroup.conf"
SLURM_CONF=$work/slurm.conf
export SLURM_CONF
sleep 1
slurmctld -D -f "$SLURM_CONF" 2> "$work/slurmctld.err" &
pids="$! $pids"
for node in n1 n2; do
    slurmd -D -N $node -f "$SLURM_CONF" 2> "$work/$node.err" &
    pids="$! $pids"
done

# Both nodes ready, or it says why not.
tries=0
until [ "$(sinfo -h -t idle -o %D 2> /dev/null)" = 2 ]; do
    tries=$((tries + 1))
    if [ $tries -gt 60 ]; then
        echo 'FAILED: slurm: the cluster does not come up'
        tail -n 5 "$work"/*.log "$work"/*.err
        exit 1
    fi
    sleep 0.5
done

# Each task takes its share of the files, in order; what README.md shows.
ls "$root"/samples/*.txt > "$work/files"
cat > "$work/job" <<END
#!/bin/sh
#SBATCH --array=0-3
#SBATCH --output=$work/task-%a.log
split --number=l/\$((SLURM_ARRAY_TASK_ID + 1))/\$((SLURM_ARRAY_TASK_MAX + 1)) $work/files |
    xargs $TRICH --each > $work/part-\$SLURM_ARRAY_TASK_ID
hostname > $work/\$SLURMD_NODENAME.ran
END
cd "$work" || exit 2
timeout 120 sbatch --wait job > sbatch.out 2>&1 || { echo "FAILED: slurm: $(cat sbatch.out task-*.log)"; exit 1; }
xargs $TRICH --each < files > single
cat part-0 part-1 part-2 part-3 > joined
if cmp single joined && [ -s single ] && [ "$(ls n1.ran n2.ran | wc -l)" = 2 ]; then
    echo "slurm: an array job of 4 tasks on 2 nodes: $(wc -l < joined) articles, the same as by one process"
else
    echo 'FAILED: slurm: the results joined are not the single ones, or a node had nothing to do'
    ls -l
    exit 1
fi
