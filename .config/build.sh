# shellcheck shell=bash
# Sourced by ./concord and ./test, after prerequisites.sh; they set $root. `fresh_concord` builds src/Concord.App where it
# is stale and sets $concord_program. It writes to stderr only.
#
# Each build gets a folder of its own under artifacts/concord, so that a running grading host keeps its files while a
# later call builds. The stamp names the folder of the last good build and lists the files that it was made of; it is as
# old as the moment before that build.

concord_home=$root/artifacts/concord
concord_stamp=$concord_home/stamp
concord_program=

# What the program is built from; the sample workspace is embedded in it. More find(1) actions may follow as arguments. The
# frameworks of this machine come first: the program is compiled for the newest, and for no other.
concord_inputs() {
    local dotnet
    dotnet=$(readlink -f "$(command -v dotnet)")
    printf '%s\n' "${DOTNET_ROOT:-${dotnet%/*}}"/shared/*.App/*
    cd "$root" && find src benchmarks grades consensus/README.md Directory.Build.props Directory.Packages.props global.json \
        \( -name bin -o -name obj -o -name node_modules -o -name dist -o -name .cache \) -prune -o -type f -print "$@"
}

# True when the stamp's list is still the list of files and none is newer: those would be printed twice.
concord_is_fresh() {
    [[ -f $concord_stamp ]] || return 1
    local text
    text=$(<"$concord_stamp")
    concord_program=$concord_home/${text%%$'\n'*}/concord
    [[ -x $concord_program && ${text#*$'\n'} == "$(concord_inputs -newer "$concord_stamp" -print)" ]]
}

fresh_concord() {
    concord_is_fresh && return 0
    need git && need sdk || return 2
    [[ ! -f $root/src/Concord.Web/package.json ]] || need node || return 2
    mkdir -p "$concord_home" || return 2
    # Of several calls at once one builds, and the others find it done.
    if command -v flock >/dev/null 2>&1; then
        exec 9>"$concord_home/lock"
        flock 9
    fi
    local result=0
    concord_is_fresh || build_concord || result=$?
    exec 9>&-
    return $result
}

build_concord() {
    local name=build-$$-$RANDOM mark=$concord_home/mark log=$concord_home/build.log list previous= folder
    if [[ -d $root/artifacts/build ]]; then
        say "Building Concord …"
    else
        say "Building Concord (about a minute the first time) …"
    fi
    # Until this build has succeeded there is no stamp. The folder that it named is kept, for what runs from it.
    [[ -f $concord_stamp ]] && mv -f "$concord_stamp" "$concord_home/previous"
    [[ -f $concord_home/previous ]] && read -r previous <"$concord_home/previous"
    : >"$mark"
    list=$(concord_inputs)
    if ! publish_fastest "$name" >"$log" 2>&1; then
        cat "$log" >&2
        say "Concord could not be built."
        rm -rf "${concord_home:?}/$name" "$mark"
        return 3
    fi
    printf '%s\n%s\n' "$name" "$list" >"$mark.text"
    touch -r "$mark" "$mark.text"
    mv -f "$mark.text" "$concord_stamp"
    rm -f "$mark"
    concord_program=$concord_home/$name/concord
    for folder in "$concord_home"/build-*-*/; do
        folder=${folder%/}
        [[ ${folder##*/} == "$name" || ${folder##*/} == "$previous" ]] || rm -rf "$folder"
    done
}

# ReadyToRun makes the program start in half the time, and its compiler is a package that may be out of reach. Compiled for
# this machine's framework alone it starts sooner still, and ends at once where that is not the framework that the compiler had.
publish_fastest() {
    local name=$1 ready=(--use-current-runtime --self-contained false -p:PublishReadyToRun=true) text
    if text=$(publish_ready "$name" "${ready[@]}" -p:ForThisFrameworkAlone=true 2>&1); then
        "$concord_home/$name/concord" --version >/dev/null 2>&1 || publish_ready "$name" "${ready[@]}"
    elif grep -q -E 'error (NU1|NETSDK1094|NETSDK1127)' <<<"$text"; then
        publish_concord "$name"
    else
        printf '%s\n' "$text"
        return 1
    fi
}

# The images hold code of one another, so none may be older than the rest.
publish_ready() {
    rm -rf "$root"/artifacts/build/obj/Concord.App/*/R2R
    publish_concord "$@"
}

# Beside the working folders of an editor or ./test (--artifacts-path), without the lock, without standard input.
publish_concord() (
    local name=$1
    shift
    clean_environment
    cd "$root" && exec dotnet publish src/Concord.App -c Release -o "$concord_home/$name" --artifacts-path "$root/artifacts/build" \
        --nologo -v quiet "$@" </dev/null 9>&-
)

# MSBuild takes variables for properties, whatever their case; git's are there inside a hook.
clean_environment() {
    unset VERSION Version version PLATFORM Platform platform CONFIGURATION Configuration
    # shellcheck disable=SC2046
    unset $(git rev-parse --local-env-vars 2>/dev/null)
    export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1
}
