#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The main job, from an empty vault to a published statement, a lost vault and a restored one.
# Started by `./dev demo`, which builds first and says in CUSTOS_BIN what it built. Every name below
# is invented. The facts follow the shape of a statement that a human-rights organisation published.
set -euo pipefail

custos_program=${CUSTOS_BIN:?run ./dev demo}
home=$(cd "$(dirname "$0")/../.." && pwd)
place=${1:-$home/build/demo}
started=$SECONDS

case $place in */demo | */demo.*) ;; *) echo "demo: the folder's name must be demo" >&2; exit 2 ;; esac
rm -rf "$place"
mkdir -p "$place"
cd "$place"
umask 077
export XDG_STATE_HOME=$place/state CUSTOS_VAULT=vault
unset NO_COLOR
printf 'seven cranes over the paper river\n' >passphrase.txt

# ---- how the demo talks ------------------------------------------------------------------------

bold= plain= faint=
if [ -t 1 ]; then bold=$'\e[1m' plain=$'\e[0m' faint=$'\e[2m'; fi
step=0
part() { step=$((step + 1)); printf '\n%s== %d. %s%s\n' "$bold" $step "$1" "$plain"; }
tell() { printf '%s\n' "$@" | sed 's/^/   /'; }
fail() { echo "demo: $1" >&2; exit 1; }

# The passphrase would be typed at the terminal; here each command finds it in a file.
custos() { "$custos_program" --passphrase-file passphrase.txt "$@"; }

typed() {
    local word line='$'
    for word in "$@"; do
        case $word in
        '' | *[!A-Za-z0-9_./:=,@%+-]*) line+=" '$word'" ;;
        *) line+=" $word" ;;
        esac
    done
    printf '\n%s%s%s\n' "$bold" "$line" "$plain"
}

# run COMMAND...: prints the command as it would be typed, then what came back.
run() {
    typed "$@"
    "$@"
}

# refused STATUS COMMAND...: the same for a command that has to fail with STATUS.
refused() {
    local expected=$1 status=0
    shift
    typed "$@"
    "$@" || status=$?
    [ "$status" = "$expected" ] || fail "exit status $status instead of $expected"
    printf '%s(exit status %d)%s\n' "$faint" "$status" "$plain"
}

# made NAME COMMAND...: the same, and keeps the new id in the variable NAME. A document for --json -
# comes in on stdin and is shown.
made() {
    local name=$1 document=''
    shift
    typed "$@"
    if [ "${*: -1}" = - ]; then
        document=$(cat)
        printf '%s%s%s\n' "$faint" "$document" "$plain"
    fi
    answer=$(printf '%s' "$document" | "$@")
    printf -v "$name" '%s' "$answer"
    printf '%s\n' "${!name}"
}

# ---- the story ---------------------------------------------------------------------------------

cat <<'TEXT'
This is Custos doing its whole job on invented data. Each command is printed as a person would type
it, then what it answered. The passphrase, which a person types at the terminal, comes from a file.
TEXT

part "A vault"
tell "An encrypted vault, a key for its author, and a recovery identity that belongs into a safe."
tell "(x25519, so that the age program of older distributions opens the backup; pq is the default.)"
run custos init vault --author Dara --recovery-file recovery.txt --recovery-type x25519
run custos status

part "What happened: records of an attempted abduction"
tell "A case holds the rest together. Persons come first: names in every script, and how far their" \
    "identity may go. P3 means: it never leaves without consent."
made case_ custos add case --set title='Pressure on opposition members abroad' --set protection=P1
made keo custos add person --json - <<'JSON'
{"names": [{"text": "Keo Sambath", "kind": "legal", "language": "en"},
           {"text": "កែវ សម្បត្តិ", "kind": "legal", "language": "km"}],
 "aliases": ["Bong Keo"], "role": "activist", "protection": "P3", "country": "KH",
 "identifiers": [{"type": "passport", "number": "N01928374"}],
 "contacts": [{"type": "phone", "value": "+66 81 555 0143"}]}
JSON
made sophal custos add person --json - <<'JSON'
{"names": [{"text": "Prak Sophal", "kind": "legal", "language": "en"}],
 "role": "activist", "protection": "P3", "country": "KH"}
JSON
made chanthy custos add person --json - <<'JSON'
{"names": [{"text": "Nuon Chanthy", "kind": "legal", "language": "en"}],
 "role": "wife of the activist", "protection": "P3", "country": "KH"}
JSON
made man1 custos add person --set role='unknown man at the van' --set protection=P1
made man2 custos add person --set role='unknown man with the electric device' --set protection=P1
run custos link "$chanthy" spouse_of "$sophal"

tell "" "The incident, with the place as the witness knows it and how precisely it may be published."
made incident custos add incident --json - <<JSON
{"title": "Attempted abduction of an activist", "case": "$case_",
 "summary": "Two men tried to force an activist into a van. He was shocked with an electric device and got away.",
 "date": "2019-12-22", "time": "21:30", "time_precision": "approximate", "timezone": "Asia/Bangkok",
 "place": {"text": "กรุงเทพมหานคร, ซอยเล็ก", "country": "TH", "admin1": "Bangkok", "lat": "13.75", "lon": "100.50",
           "uncertainty_m": 5000, "publish_precision": "province"},
 "language": "en", "tags": ["transnational repression"]}
JSON
tell "" "Who did what to whom: one act for each victim, attempted, not completed; and two perpetrators."
made act custos add act --json - <<JSON
{"incident": "$incident", "victim": "$keo", "type": "abduction", "completion": "attempted",
 "methods": ["electric_shock"], "consequences": "Bruises on both arms and burns from the device."}
JSON
made _ custos add involvement --set act="$act" --set perpetrator="$man1" --set degree=direct \
    --set perpetrator_type=unknown --set basis='the testimony, paragraphs 1 to 3'
made _ custos add involvement --set act="$act" --set perpetrator="$man2" --set degree=direct \
    --set perpetrator_type=unknown --set basis='the testimony, paragraphs 2 and 3'

tell "" "The forced return of a couple, a month before: arrested in Bangkok, sent back."
made return_ custos add incident --json - <<JSON
{"title": "Forced return of a couple after arrest", "case": "$case_", "date": "2019-11-23",
 "summary": "An activist and his wife were arrested in Bangkok and returned against their will.",
 "place": {"text": "Bangkok", "country": "TH", "publish_precision": "country"}, "language": "en"}
JSON
made _ custos add act --set incident="$return_" --set victim="$sophal" --set type=forced_return --set completion=completed
made _ custos add act --set incident="$return_" --set victim="$chanthy" --set type=forced_return --set completion=completed
made _ custos add act --set incident="$incident" --set victim="$keo" --set type=passport_cancellation \
    --set completion=completed --set date=2019-11

part "How we know: testimony, sources, a photograph"
tell "Testimony in English and in Khmer; each paragraph says whether it is the witness's own knowledge."
made testimony custos add testimony --json - <<JSON
{"incident": "$incident", "witness": "$keo", "given": "2019-12-24", "language": "km", "interviewer": "Dara",
 "paragraphs": [
   {"text": "បុរសពីរនាក់បានចូលមកជិតខ្ញុំ ប្រហែលម៉ោងប្រាំបួនកន្លះយប់។", "basis": "own_knowledge"},
   {"text": "ពួកគេចង់ឱ្យខ្ញុំឡើងរថយន្ត។ ខ្ញុំបានបដិសេធ។", "basis": "own_knowledge"}],
 "translations": [{"language": "en", "paragraphs": [
   {"text": "Two men came up to me at about half past nine in the evening."},
   {"text": "They wanted me to get into a van. I refused."}]}],
 "protection": "P3"}
JSON
made neighbour custos add testimony --json - <<JSON
{"incident": "$incident", "given": "2019-12-26", "language": "en",
 "paragraphs": [{"text": "I heard a man shout, and a van drove away fast with its door open.", "basis": "own_knowledge"},
                {"text": "My cousin says that such vans had been seen before.", "basis": "hearsay"}],
 "protection": "P3"}
JSON
made source custos add source --set title='Recognition as a person of concern' --set type=un_document \
    --set publisher='Refugee agency' --set date=2019-12-24
made _ custos add intervention --set incident="$incident" --set date=2019-12-27 \
    --set title='Authorities asked to end harassment and to protect those who seek refuge'
base64 -d >photo.jpg <<'PHOTO'
/9j/4AAQSkZJRgABAQAAAQABAAD/4QFQRXhpZgAATU0AKgAAAAgABwEQAAIAAAANAAAAYgEaAAUAAAABAAAAcAEbAAUAAAABAAAA
eAEoAAMAAAABAAEAAAITAAMAAAABAAEAAIdpAAQAAAABAAAAgIglAAQAAAABAAAA1gAAAABGaWVsZCBjYW1lcmEAAAAAAAEAAAAB
AAAAAQAAAAEABZAAAAcAAAAEMDIzMpADAAIAAAAUAAAAwpEBAAcAAAAEAQIDAKAAAAcAAAAEMDEwMKABAAMAAAAB//8AAAAAAAAy
MDE5OjEyOjIyIDIxOjQ3OjA1AAAFAAAAAQAAAAQCAwAAAAEAAgAAAAJOAAAAAAIABQAAAAMAAAEYAAMAAgAAAAJFAAAAAAQABQAA
AAMAAAEwAAAAAAAAAA0AAAABAAAALQAAAAEAAAI3AAAAGQAAAGQAAAABAAAAHgAAAAEAAACiAAAAGf/bAEMAGxIUFxQRGxcWFx4c
GyAoQisoJSUoUTo9MEJgVWVkX1VdW2p4mYFqcZBzW12FtYaQnqOrratngLzJuqbHmairpP/AAAsIAAwAEAEBEQD/xAAWAAEBAQAA
AAAAAAAAAAAAAAAABAb/xAAZEAABBQAAAAAAAAAAAAAAAAAAAxQVUmL/2gAIAQEAAD8AuldCV0ZBwrYOFbH/2Q==
PHOTO
made photo custos attach "$testimony" photo.jpg --set title='The empty road'
tell "" "The photograph knows where it was taken. A cleaned copy of it does not:"
run custos exhibit metadata "$photo"
made clean custos exhibit clean "$photo"
run custos exhibit verify "$clean"
run custos show "$incident"

part "Finding it again"
tell "In English, and in Khmer, which has no spaces between words."
run custos search 'van'
run custos search 'រថយន្ត'
run custos search 'electric OR device' --from 2019-12 --to 2019-12 --country TH
run custos history "$incident"

part "A mistake is refused, and nothing is stored"
refused 2 custos add act --set incident="$incident" --set victim="$keo" --set type=abducktion

part "A statement that would expose somebody"
tell "Consent first: he agreed to be quoted without his name. The couple could not be asked."
made _ custos add consent --json - <<JSON
{"person": "$keo", "given": "2019-12-25", "method": "recorded",
 "scopes": {"publish_anonymous": "granted", "publish_named": "refused"}, "valid_until": "2035-12-31"}
JSON
tell "" "The first draft names him."
made statement custos add statement --json - <<JSON
{"index": "DEMO 23/0001/2019", "title": "Stop the harassment of those who fled", "date": "2019-12-27", "language": "en",
 "body": "The authorities must end the harassment of people who seek refuge abroad.\n\nOn the evening of 22 December 2019 two men tried to force Mr Sambath into a van in Bangkok. He can be reached at 081-555-0143.",
 "sources": ["$source"]}
JSON
refused 13 custos statement check "$statement"
tell "" "So it is refused. Handles take the place of names, dates and places:"
run custos edit "$statement" --set body="The authorities must end the harassment of people who seek refuge abroad.

On the evening of {$incident:date}, at about half past nine, two men tried to force {$keo} into a van in {$incident:place}. They used an electric device on him. He was hurt and got away.

On {$return_:date} {$sophal} and {$chanthy} were arrested and forcibly returned. In the same month passports of opposition members were cancelled.

We call on the authorities to protect everyone on their territory from violence and unlawful return."
run custos statement preview "$statement"
run custos statement check "$statement"
run custos statement publish "$statement" --output package
run custos key export organisation.pub
run ls package

part "Anyone can check it, without Custos"
run custos verify package --key organisation.pub
for file in package/statement.html package/statement.md package/statement.json; do
    run minisign -V -q -p organisation.pub -m "$file" && echo "minisign accepts $file"
done
for secret in Sambath Sophal Chanthy សម្បត្តិ '555[ -]?0143' N01928374; do
    if grep -rqE "$secret" package; then fail "the package names $secret"; fi
done
tell "" "No name, number or contact of the three is in any file of the package (grep found none)."

part "A changed byte is noticed"
cp -r package changed
printf 'x' | dd of=changed/statement.html bs=1 seek=700 conv=notrunc status=none
refused 5 custos verify changed --key organisation.pub
refused 1 minisign -V -q -p organisation.pub -m changed/statement.html

part "Backup"
run custos backup create backup
run custos backup verify backup
run custos backup list backup
tell "" "A backup is ordinary age files: with the recovery identity, plain age opens a segment."
segment=$(ls backup/*/segments/*.age | head -1)
run age -d -i recovery.txt -o segment.jsonl "$segment"
run head -c 400 segment.jsonl
echo

part "The laptop is lost, the vault comes back"
custos log checkpoint >before.checkpoint
custos search van --json >before.search
custos list incident --json >before.list
run rm -rf vault
refused 10 custos status
run custos backup restore backup restored
export CUSTOS_VAULT=restored
run custos check
custos log checkpoint >after.checkpoint
custos search van --json >after.search
custos list incident --json >after.list
run custos extract "$photo" --output after.jpg
same() { cmp "$2" "$3" && printf 'the same as before: %s\n' "$1"; }
same 'the signed head of the log' before.checkpoint after.checkpoint
same 'what a search finds' before.search after.search
same 'the incidents' before.list after.list
same 'the photograph, byte for byte' photo.jpg after.jpg

printf '\n%sDone in %d seconds.%s What is left to look at:\n' "$bold" $((SECONDS - started)) "$plain"
cat <<TEXT
  $place/package       the statement as it would be published; open statement.html
  $place/backup        the backup; every file in it is an age file or the public header
  $place/restored      the vault; its passphrase is in $place/passphrase.txt
  $place/recovery.txt  the recovery identity

  CUSTOS_VAULT=$place/restored $custos_program --passphrase-file $place/passphrase.txt list incident
TEXT
