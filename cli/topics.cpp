// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "cli/help.h"

namespace custos::cli {
namespace {

constexpr std::array kTopics = {
    Topic{"backup", "what is copied, what restores what, and how to practise",
          R"(A backup target is a folder: a USB stick, a disk, a staging folder that another
program copies to a server. Everything in it is sealed; whoever holds it learns
sizes and times, nothing more. Its cost follows what changed since the last one.

    custos backup create /media/stick/custos
    custos backup verify /media/stick/custos
    custos backup restore /media/stick/custos ~/restored

Two things open a backup:
  * the passphrase that the vault had when the backup was made. It brings back
    everything, the signing keys of the people who use the vault included;
  * the recovery identity, which "custos init" wrote or showed once. It brings back
    the records, attachments, log and the organisation's publication key, and makes
    new keys for the rest. Keep it on paper, away from the laptop.

What was purged from the vault is still in the backups made before.

Practise: restore into an empty folder, look at a record, remove the folder.
)"},
    Topic{"dates", "how dates, times and uncertainty are written",
          R"(Dates are written as in EDTF (ISO 8601-2), as exactly as they are known:

    2019-12-22                 a day
    2019-11                    a month, some time within it
    2019                       a year
    2019-11-29~                about that day
    2019-11-29?                perhaps that day
    2019-11-XX                 a day in November, not known which
    2019-11-09/2019-11-23      from one day to another
    2019-11-09/..              from that day on

Years are those of the common calendar. A date of another one is written with its
name before it, or with the field calendar beside it, and is stored as the common
date, together with the words and the calendar in which it was given:

    thai_solar:2562-12-22      2019-12-22
    persian:1398-10            2019-12-22/2020-01-20
    hijri:1441                 islamic_umalqura and islamic_civil say which one
    ethiopian:2012-04-12       digits of any script will do

    custos add incident --set title="…" --set date=2562-12-22 \
        --set calendar=thai_solar

Other calendars (Burmese, Khmer, Nepali, Chinese, Hebrew) are not converted: write the
common date, and the words as they were said into date_verbatim.

A date that can hardly be meant is refused with what it could be: a Thai year as a
common one, a year before 1800, a day after tomorrow for what has happened.

The time of day is a field of its own, with its precision and its zone:

    custos edit I-2M9XA --set time=21:30 --set time_precision=approximate \
        --set timezone=Asia/Bangkok
)"},
    Topic{"entry", "how a form asks for a record, and what a draft is",
          R"(On a terminal, "custos add KIND" asks for a record and "custos edit ID" for changes.
The important questions come first; the others are offered in groups. Every answer
is checked at once, and nothing is stored before the summary says "s: save".

    Enter   leaves a question out, or keeps the answer that is there
    ?       explains the question
    <       goes back to the question before
    !       shows all answers; a number changes one
    -       takes the answer away (-2: the second of several)
    .       enough: to the summary
    Up      brings the present answer into the line, to be changed

A text that looks like one of these is typed with a backslash before it: \. is a dot.

Words of a vocabulary are numbered; a part of one finds it: "shock". A record is named
by its code, or found by words in it. A date may be as vague as what is known: 2019,
2019-11, 2019-11-29~; do not invent a day.

Long texts are typed in lines; a line with a single dot ends them, < brings the line
before back, !3 changes the third. Paragraphs of a testimony end with an empty line,
and each can be marked as the witness's own knowledge or hearsay. Several lines or
paragraphs can be pasted at once.

"--editor vim" (or nano; or EDITOR with one of these names) offers an editor for long
texts. It runs on a file in memory, without swap, backup and history files, and where
the kernel can see to it, it can write nowhere else.

After every answer a draft lies in the vault's folder, encrypted. Whatever ends the
form early (Ctrl-C, a lost connection, an empty battery), "custos drafts resume" goes
on with it. Drafts are no records: no search, no log and no backup has them.
)"},
    Topic{"exit-statuses", "what the numbers mean",
          R"(Scripts can rely on these. A number that is not listed is a failure.
)"},
    Topic{"filters", "the conditions of --where",
          R"(    custos list act --where type=torture --where 'date<2020' --sort -date

    FIELD=VALUE          a term finds its narrower ones, by key, label or code; texts are
                         compared without case and marks; a list matches by any item
    FIELD!=VALUE         everything else, also where there is nothing
    FIELD~TEXT           contains          FIELD^=TEXT    begins with (terms: also codes)
    < <= > >=            dates, numbers, texts, grades such as protection>=P2
    FIELD in (A,B)       FIELD not in (A,B)
    FIELD is set         FIELD is not set

A date is compared by its bounds: date=2019-12 finds what may have happened then,
date<2019-12 what was surely over before, and <= is < or =.

    victim=P-7K3QD                      a field that names a record
    link:part_of=I-7K3QD                a link, by its role
    about=P-7K3QD                       names or links it anywhere
    place.country=TH                    a field of a part
    'contacts[type=phone, value~012]'   one item of a list that fulfils all of it

A VALUE with commas or spaces at its ends stands in double quotes. Put a condition
in single quotes in a shell.
)"},
    Topic{"passphrases", "where they come from, what they protect, what if one is lost",
          R"(A passphrase is asked for on the terminal, with nothing shown while you type. A
program gives it by a descriptor or a file instead:

    custos list person --passphrase-fd 3 3< <(program that prints it)
    custos list person --passphrase-file /run/user/1000/passphrase

    --passphrase-fd, --passphrase-file          the passphrase of the vault
    --new-passphrase-fd, --new-passphrase-file  the one that replaces it

It is one line of up to 1024 bytes of UTF-8; the line end does not count. The same
letters composed in another way are the same passphrase. It is never taken from
the command line, the environment, or data on standard input.

Choose six or more random words. Each try costs an attacker a quarter of a gigabyte
of memory and a quarter of a second, which helps a good passphrase and does not
save a bad one.

Nobody can open a vault without its passphrase. If it is lost, a backup and the
recovery identity bring the records back: custos help backup
)"},
    Topic{"publishing", "from records to a statement that others can check",
          R"(1. Write the statement with handles instead of names. A handle is the code of a
   record in braces: {P-7K3QD}. Names that are typed out are found and refused.

       custos add statement --json statement.json

2. See how each person would appear, and what the text would be.

       custos statement preview S-4D2KM

3. Check the final bytes of every file against everybody whom the vault protects.

       custos statement check S-4D2KM

   It says "no known term found", never "safe": a person can be recognised by what
   happened to them, and only a second reader can judge that.

4. Publish: the same check, then signatures, then a folder that did not exist.

       custos statement publish S-4D2KM --output release

5. Tell readers how to check it, and tell them the fingerprint of the key by another
   way than the package itself.

       custos key export organisation.pub
       custos verify release --key organisation.pub
)"},
    Topic{"quickstart", "a first vault in five minutes",
          R"(    custos init ~/evidence --author "Your Name" --recovery-file ~/recovery.txt
    export CUSTOS_VAULT=~/evidence

Put recovery.txt on paper or on a stick that stays elsewhere, then remove it. Each
command asks for the passphrase.

    custos add case --set title="Checkpoint arrests"
    custos add person --json person.json
    custos add incident --set title="Arrest at a checkpoint" --set date=2019-11 \
        --set place.country=TH
    custos schema incident                what an incident can hold

"add" prints the code of the new record, such as I-2M9XA. The first digits are
enough wherever a code is asked for.

    custos list incident
    custos show I-2M9XA
    custos search checkpoint --country TH
    custos attach I-2M9XA photo.jpg
    custos backup create /media/stick/custos

On a terminal "custos add incident" without fields asks for them, with help, choices
and a draft that survives Ctrl-C (custos help entry). What is written there stays out
of the shell's history: names belong there or into a file, not onto a command line.
)"},
    Topic{"safety", "what Custos protects against, and what it cannot",
          R"(Custos protects what lies in the vault and in its backups against whoever takes or
copies them, as long as the passphrase is good and was not seen.

It does not protect
  * against somebody who controls the computer while a vault is open;
  * against a camera or a person that sees the passphrase typed;
  * the fact that there is a vault, its size, and when it was last changed;
  * what was printed, extracted or published: it is outside from then on.

Use full disk encryption as well, or Tails; switch off swap, or encrypt it. Names on
a command line stay in the shell's history and can be seen by other programs while
the command runs: give them by file or by prompt.

SECURITY.md says all of this in full, with the test for every promise.
)"},
    Topic{
        "scripts", "using Custos from other programs",
        R"(    custos list incident --json            one document: {"schema":"custos.list/1", ...}
    custos list incident --jsonl           one record a line
    custos show I-2M9XA --json
    custos import jsonl records.jsonl      one object a line, all or nothing
    custos import csv table.csv --kind K   a table, with --map FILE for other columns
    custos help --json                     every command and option

stdout holds the answer and nothing else; notes and progress go to stderr. With
--json an error is one object on stderr:

    {"schema":"custos.error/1","error":"not_found","exit":4,"message":"...","hint":"..."}

Exit status 0 means that the change is on the disk and that the answer is whole.

Give the passphrase by --passphrase-fd or --passphrase-file, and --no-input so that
nothing can wait for a person.
)"},
    Topic{"search", "words, phrases, scripts without spaces, filters",
          R"(    custos search checkpoint                     a word, in any form of its marks
    custos search '"electric shock"'             a phrase
    custos search 'check*'                       a beginning
    custos search 'arrest AND NOT released'      AND, OR, NOT, and parentheses
    custos search ផ្ទះ                            scripts without spaces work as well

Filters narrow it down:

    --kind testimony      --case C-4D2KM      --lang km      --country TH
    --from 2019-11 --to 2019-12               overlaps these dates
    --tag urgent          --term torture      a term finds its narrower ones

The newest wording of every record is searched, not its earlier revisions.
)"},
};

}  // namespace

std::span<const Topic> all_topics() { return kTopics; }

}  // namespace custos::cli
