# shellcheck shell=bash
# Sourced by ./concord and ./test. `need THING` makes sure that the thing is there: a cheap look first, then Debian's
# package where that can be installed without a question, else the one command to run. It writes to stderr only.
# It succeeds if the thing is there afterwards.
#
#   need git | dotnet       must be there: says how to get it
#   need sdk                the .NET SDK that global.json asks for; starts dotnet, so ask only before a build
#   need node               Node 20.19 or 22.12 or newer with npm, for building the page, and for driving the browser
#   need libgit2            reading commits in-process; without it Concord reads through the git command line
#   need browser            any headless Chromium, for rendering and grading
#   need chromium           the full browser, for browser tests
#   need sandbox            bubblewrap, in which models' code is tested; Linux only

say() { printf '%s\n' "$*" >&2; }

need() {
    case $1 in
        git) command -v git >/dev/null 2>&1 || { say "git is missing. Install it: $(install_command git)"; return 1; } ;;
        dotnet) need_dotnet ;;
        sdk) need_sdk ;;
        node) need_node ;;
        libgit2) has_libgit2 || get libgit2 has_libgit2 "libgit2-1.7 libgit2-1.6 libgit2-1.5" \
            "commits are read through the git command line, which is slower" ;;
        browser) has_browser || get browser has_browser "chromium-headless-shell chromium" \
            "pages cannot be rendered; everything else works" ;;
        chromium) has_chromium || get chromium has_chromium "chromium" "browser tests cannot run" ;;
        sandbox) has_sandbox || get sandbox has_sandbox "bubblewrap" "tests of models' code do not run" ;;
        *) say "prerequisites.sh: need what? '$1'"; return 1 ;;
    esac
}

# --- what is there ---

has_libgit2() {
    # LibGit2Sharp's own package brings the library on other systems.
    [[ $OSTYPE == linux* ]] || return 0
    local file
    for file in /usr/lib/*-linux-gnu*/libgit2.so.1.[567] /usr/lib{,64}/libgit2.so.1.[567] \
        /usr/local/lib{,64}/libgit2.so.1.[567]; do
        [[ -e $file ]] && return 0
    done
    return 1
}

has_browser() {
    command -v chromium-headless-shell >/dev/null 2>&1 || has_chromium
}

has_chromium() {
    local name
    for name in chromium chromium-browser google-chrome-stable google-chrome; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    [[ -d "/Applications/Google Chrome.app" || -d /Applications/Chromium.app ]]
}

has_sandbox() {
    # Nothing can be installed elsewhere; whether it works here, concord finds out.
    [[ $OSTYPE == linux* ]] || return 0
    command -v bwrap >/dev/null 2>&1
}

need_dotnet() {
    # The installer script of .NET puts it into ~/.dotnet and leaves PATH alone.
    if ! command -v dotnet >/dev/null 2>&1; then
        local folder
        for folder in "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet" /usr/local/share/dotnet; do
            [[ -x $folder/dotnet ]] && PATH=$folder:$PATH && break
        done
    fi
    if ! command -v dotnet >/dev/null 2>&1; then
        say "The .NET 10 SDK is missing. Install it: $(dotnet_command)"
        return 1
    fi
    # Programs built by dotnet look for the runtime at a few fixed places only.
    if [[ -z ${DOTNET_ROOT:-} ]]; then
        local home
        home=$(follow "$(command -v dotnet)")
        home=${home%/*}
        [[ -d $home/host/fxr ]] && export DOTNET_ROOT=$home
    fi
    return 0
}

need_sdk() {
    need_dotnet || return 1
    # Run beside global.json, dotnet refuses where no SDK fits it.
    (cd "$root" && dotnet --version) >/dev/null 2>&1 && return 0
    say "The .NET SDK here is not the version 10 that global.json asks for. Install it: $(dotnet_command)"
    return 1
}

need_node() {
    # What is wrong is said once, whoever asks.
    [[ -z ${node_missing:-} ]] || return 1
    local version major minor have="there is none"
    version=$(node --version 2>/dev/null) || version=
    # As src/Concord.App/Concord.App.csproj asks, for that is what the page's builder runs on.
    if [[ $version =~ ^v([0-9]+)\.([0-9]+)\. ]]; then
        major=${BASH_REMATCH[1]} minor=${BASH_REMATCH[2]} have="here is $version"
        if ((major > 22 || major == 22 && minor >= 12 || major == 20 && minor >= 19)); then
            command -v npm >/dev/null 2>&1 && return 0
            have="here is no npm"
        fi
    fi
    node_missing=yes
    say "Node 20.19 or 22.12 or newer, with npm, builds the grading page and drives the browser; $have. Install it: $(install_command nodejs npm) (or https://nodejs.org where that is older)"
    return 1
}

# --- getting it ---

# get THING CHECK PACKAGES CONSEQUENCE: installs the first of the packages that this system has.
get() {
    local thing=$1 check=$2 packages=$3 consequence=$4 package advice=
    local refused=$root/artifacts/prerequisites/$thing
    # What could not be installed is tried again after a day, so that it does not cost every call.
    if [[ -n $(find "$refused" -mtime -1 2>/dev/null) ]]; then
        [[ $thing == libgit2 ]] || say "There is no $thing: $consequence. Install it: $(<"$refused")"
        return 1
    fi
    if can_install && [[ -z ${apt_updated:-} ]]; then
        apt_updated=yes
        say "Updating the list of packages (apt-get update) …"
        as_root apt-get update -qq </dev/null >/dev/null 2>&1
    fi
    for package in $packages; do
        apt-cache show "$package" >/dev/null 2>&1 || continue
        advice=${advice:-$package}
        can_install || break
        say "Installing $package (apt-get install) …"
        as_root apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=120 "$package" \
            </dev/null >/dev/null 2>&1
        # Ubuntu's chromium is a snap behind an empty package: what is there decides, not apt-get.
        "$check" && return 0
    done
    advice=$(install_command "${advice:-${packages##* }}")
    mkdir -p "${refused%/*}" 2>/dev/null && printf '%s' "$advice" 2>/dev/null >"$refused"
    say "There is no $thing and it could not be installed: $consequence. Install it: $advice"
    return 1
}

can_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [[ $(id -u) == 0 ]] || { command -v sudo >/dev/null 2>&1 && sudo -n true >/dev/null 2>&1; }
}

as_root() {
    if [[ $(id -u) == 0 ]]; then
        DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo -n env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

# The one command for somebody who has to type it.
install_command() {
    local sudo="sudo "
    [[ $(id -u) == 0 ]] && sudo=
    if command -v apt-get >/dev/null 2>&1; then
        printf '%s' "${sudo}apt-get install -y $*"
    elif command -v brew >/dev/null 2>&1; then
        printf '%s' "brew install $1"
    elif command -v dnf >/dev/null 2>&1; then
        printf '%s' "${sudo}dnf install -y ${*/%libgit2-*/libgit2}"
    elif command -v apk >/dev/null 2>&1; then
        printf '%s' "${sudo}apk add ${*/%libgit2-*/libgit2}"
    else
        printf '%s' "with this system's package manager: $*"
    fi
}

dotnet_command() {
    if command -v brew >/dev/null 2>&1; then
        printf '%s' "brew install --cask dotnet-sdk"
    else
        printf '%s' "curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0"
    fi
}

# The file behind a chain of symbolic links. `readlink -f` is not everywhere.
follow() {
    local path=$1 link
    while [[ -L $path ]]; do
        link=$(readlink "$path")
        [[ $link == /* ]] || link=${path%/*}/$link
        path=$link
    done
    printf '%s' "$path"
}
