// SPDX-License-Identifier: GPL-3.0-or-later
// The bodies of all commands, each in a file of this folder.
#pragma once

#include "cli/command.h"

namespace custos::cli {

extern const Body kAdd;                // add.cpp
extern const Body kAttach;             // attach.cpp
extern const Body kBackupCreate;       // backup.cpp
extern const Body kBackupList;         // backup.cpp
extern const Body kBackupRestore;      // backup.cpp
extern const Body kBackupVerify;       // backup.cpp
extern const Body kCheck;              // check.cpp
extern const Body kCompletion;         // completion.cpp
extern const Body kCorroborate;        // corroborate.cpp
extern const Body kCount;              // count.cpp
extern const Body kDisclose;           // disclose.cpp
extern const Body kDrafts;             // drafts.cpp
extern const Body kDuplicates;         // duplicates.cpp
extern const Body kEdit;               // edit.cpp
extern const Body kExhibitClean;       // exhibit.cpp
extern const Body kExhibitMetadata;    // exhibit.cpp
extern const Body kExhibitVerify;      // exhibit.cpp
extern const Body kExportBag;          // export.cpp
extern const Body kExportCsv;          // export.cpp
extern const Body kExportGeojson;      // export.cpp
extern const Body kExportGraph;        // export.cpp
extern const Body kExportJsonl;        // export.cpp
extern const Body kExtract;            // attach.cpp
extern const Body kFieldAdd;           // own_rows.cpp
extern const Body kFieldList;          // own_rows.cpp
extern const Body kFieldRemove;        // own_rows.cpp
extern const Body kHelp;               // help.cpp
extern const Body kHistory;            // history.cpp
extern const Body kImportCsv;          // import.cpp
extern const Body kImportJsonl;        // import.cpp
extern const Body kInit;               // init.cpp
extern const Body kKeyAdd;             // key_persons.cpp
extern const Body kKeyExport;          // key.cpp
extern const Body kKeyList;            // key.cpp
extern const Body kKeyPassphrase;      // key.cpp
extern const Body kKeyRemove;          // key_persons.cpp
extern const Body kKeyRevoke;          // key_persons.cpp
extern const Body kKeyRotate;          // key_persons.cpp
extern const Body kLink;               // links.cpp
extern const Body kList;               // list.cpp
extern const Body kLogCheck;           // log_proof.cpp
extern const Body kLogCheckpoint;      // log.cpp
extern const Body kLogProve;           // log_proof.cpp
extern const Body kLogShow;            // log.cpp
extern const Body kLogStamp;           // log_proof.cpp
extern const Body kMerge;              // merge.cpp
extern const Body kPurge;              // trash.cpp
extern const Body kQueryList;          // query.cpp
extern const Body kQueryRemove;        // query.cpp
extern const Body kQueryRun;           // query.cpp
extern const Body kQuerySave;          // query.cpp
extern const Body kRelated;            // related.cpp
extern const Body kRestore;            // trash.cpp
extern const Body kSchema;             // schema.cpp
extern const Body kSearch;             // search.cpp
extern const Body kShow;               // show.cpp
extern const Body kStatementAffected;  // affected.cpp
extern const Body kStatementApprove;   // statement_register.cpp
extern const Body kStatementCheck;     // statement.cpp
extern const Body kStatementDecide;    // decide.cpp
extern const Body kStatementPreview;   // statement.cpp
extern const Body kStatementPublish;   // statement.cpp
extern const Body kStatementRegister;  // statement_register.cpp
extern const Body kStatementRetract;   // statement_register.cpp
extern const Body kStatus;             // status.cpp
extern const Body kTermAdd;            // own_rows.cpp
extern const Body kTermList;           // own_rows.cpp
extern const Body kTermRetire;         // own_rows.cpp
extern const Body kTimeline;           // timeline.cpp
extern const Body kTrash;              // trash.cpp
extern const Body kUnlink;             // links.cpp
extern const Body kUnmerge;            // merge.cpp
extern const Body kVerify;             // verify.cpp
extern const Body kVerifyPage;         // verify_page.cpp
extern const Body kVersion;            // version.cpp

}  // namespace custos::cli
