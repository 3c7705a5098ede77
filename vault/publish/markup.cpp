// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/markup.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <utility>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "crypto/error.h"
#include "vault/publish/fold.h"
#include "vault/publish/handles.h"
#include "vault/publish/scripts.h"

namespace custos::vault::publish {
namespace {

constexpr int kOptions = CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_FOOTNOTES;

struct FreeParser {
    void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};
struct FreeNode {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct FreeIterator {
    void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};
struct FreeText {
    void operator()(char* text) const { cmark_get_default_mem_allocator()->free(text); }
};
using Parser = std::unique_ptr<cmark_parser, FreeParser>;
using Node = std::unique_ptr<cmark_node, FreeNode>;
using Iterator = std::unique_ptr<cmark_iter, FreeIterator>;
using Text = std::unique_ptr<char, FreeText>;

struct Document {
    Parser parser;  // owns the list of extensions that rendering asks for
    Node root;
};

Document parse(std::string_view body) {
    if (body.size() > kBodyMax) {
        throw Error{ErrorCode::refused, "cannot render the statement: its text is longer than " +
                                            std::to_string(kBodyMax / 1024 / 1024) + " MiB"};
    }
    cmark_gfm_core_extensions_ensure_registered();
    Document document;
    document.parser.reset(cmark_parser_new(kOptions));
    if (cmark_syntax_extension* table = cmark_find_syntax_extension("table")) {
        cmark_parser_attach_syntax_extension(document.parser.get(), table);
    }
    cmark_parser_feed(document.parser.get(), body.data(), body.size());
    document.root.reset(cmark_parser_finish(document.parser.get()));
    return document;
}

std::string string_of(const char* text) {
    return text == nullptr ? std::string() : std::string(text);
}

// Every node once, in order of the text. The list stays good while nodes are unlinked.
std::vector<cmark_node*> nodes_of(cmark_node* root) {
    std::vector<cmark_node*> nodes;
    const Iterator iterator(cmark_iter_new(root));
    for (cmark_event_type event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iterator.get())) {
        if (event == CMARK_EVENT_ENTER) nodes.push_back(cmark_iter_get_node(iterator.get()));
    }
    return nodes;
}

std::size_t line_of_node(cmark_node* node) {
    for (; node != nullptr; node = cmark_node_parent(node)) {
        if (cmark_node_get_start_line(node) > 0) {
            return static_cast<std::size_t>(cmark_node_get_start_line(node));
        }
    }
    return 0;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

bool begins(const std::string& text, std::string_view with) {
    return text.compare(0, with.size(), with) == 0;
}

// What a link may point at. The address is printed, never followed.
bool is_printable_address(const std::string& url) {
    const std::string address = lower(url);
    return begins(address, "http://") || begins(address, "https://") || begins(address, "mailto:");
}

// Characters that hide text from a reader or turn its direction.
bool is_trick(char32_t c) {
    if (c < 0x20) return c != '\n' && c != '\t' && c != '\r';
    if (c >= 0x7F && c <= 0x9F) return true;
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
           c == 0x180E || c == 0x00AD || c == 0x034F || c == 0x115F || c == 0x1160 || c == 0x3164 ||
           c == 0xFFA0 || (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF) ||
           c == kNoCharacter;
}

// Zero-width space and joiners belong to Khmer, Thai, Persian and Indian scripts, direction marks
// to Arabic and Hebrew. Between two Latin letters they only mark a copy or hide a word.
bool is_invisible(char32_t c) { return c >= 0x200B && c <= 0x200F; }

bool is_plain(char32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The places of such characters, up to `most`.
std::vector<std::size_t> tricks_in(std::string_view text, std::size_t most) {
    std::vector<std::size_t> places;
    char32_t before = 0;
    for (std::size_t at = 0; at < text.size() && places.size() < most;) {
        const std::size_t begin = at;
        const char32_t c = next_character(text, at);
        std::size_t behind = at;
        const bool divides = is_invisible(c) && is_plain(before) && behind < text.size() &&
                             is_plain(next_character(text, behind));
        if (is_trick(c) || divides) places.push_back(begin);
        before = c;
    }
    return places;
}

void add_trick(std::size_t line, std::vector<Problem>& problems) {
    problems.push_back({"hidden_character",
                        {},
                        line,
                        "the text holds a character that hides or turns what stands around it",
                        "take the character out"});
}

void add_tricks(std::string_view body, std::vector<Problem>& problems) {
    constexpr std::size_t kReportedMax = 20;
    for (const std::size_t place : tricks_in(body, kReportedMax))
        add_trick(line_of(body, place), problems);
}

void add_link(cmark_node* node, std::vector<Problem>& problems) {
    const std::string url = string_of(cmark_node_get_url(node));
    if (is_printable_address(url)) return;
    problems.push_back({"link",
                        {},
                        line_of_node(node),
                        "the text links to something that is no web or mail address",
                        "write the whole address, with https://, or take the link out"});
}

// Puts the link's own text in its place, and the address behind it if the text is another.
void flatten_link(cmark_node* link) {
    const std::string url = string_of(cmark_node_get_url(link));
    std::string text;
    while (cmark_node* child = cmark_node_first_child(link)) {
        if (cmark_node_get_type(child) == CMARK_NODE_TEXT)
            text += string_of(cmark_node_get_literal(child));
        cmark_node_insert_before(link, child);
    }
    const bool is_shown = text == url || "mailto:" + text == url;
    if (is_printable_address(url) && !is_shown) {
        cmark_node* address = cmark_node_new(CMARK_NODE_TEXT);
        cmark_node_set_literal(address, (" (" + url + ")").c_str());
        if (cmark_node_insert_before(link, address) == 0) cmark_node_free(address);
    }
    cmark_node_unlink(link);
    cmark_node_free(link);
}

void make_harmless(cmark_node* root) {
    for (cmark_node* node : nodes_of(root)) {
        const cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE) {
            cmark_node_unlink(node);
            cmark_node_free(node);
        } else if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE) {
            flatten_link(node);
        }
    }
}

std::string kind_of(cmark_node* node) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_HEADING) return "heading";
    if (type == CMARK_NODE_LIST) return "list";
    if (type == CMARK_NODE_BLOCK_QUOTE) return "quotation";
    if (type == CMARK_NODE_CODE_BLOCK) return "verbatim";
    if (type == CMARK_NODE_FOOTNOTE_DEFINITION) return "footnote";
    if (type == CMARK_NODE_PARAGRAPH) return "paragraph";
    return string_of(cmark_node_get_type_string(node));
}

// Cuts a block into lines as it is walked; without recursion, for a body can nest as deep as it
// likes.
class LineReader {
public:
    std::vector<Line> read(cmark_node* block) {
        const Iterator iterator(cmark_iter_new(block));
        for (cmark_event_type event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
             event = cmark_iter_next(iterator.get())) {
            cmark_node* node = cmark_iter_get_node(iterator.get());
            if (event == CMARK_EVENT_ENTER) {
                enter(node);
            } else {
                leave(node);
            }
        }
        return std::move(lines_);
    }

private:
    struct List {
        bool ordered;
        int next;
    };

    void begin_line() {
        Line line;
        line.depth = depth_;
        line.marker = std::exchange(marker_, {});
        line.cells.emplace_back();
        lines_.push_back(std::move(line));
    }

    void add(std::string text, bool code = false, bool note = false) {
        if (lines_.empty()) begin_line();
        if (lines_.back().cells.empty()) lines_.back().cells.emplace_back();
        lines_.back().cells.back().push_back(
            {std::move(text), strong_ > 0, emphasis_ > 0, code, note});
    }

    void enter_block(cmark_node* node, cmark_node_type type) {
        if (type == CMARK_NODE_LIST) {
            const bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
            lists_.push_back({ordered, cmark_node_get_list_start(node)});
        } else if (type == CMARK_NODE_ITEM) {
            ++depth_;
            List& list = lists_.back();
            marker_ = list.ordered ? std::to_string(list.next++) + "." : "-";
        } else if (type == CMARK_NODE_BLOCK_QUOTE) {
            ++depth_;
        } else if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING) {
            begin_line();
        } else if (type == CMARK_NODE_CODE_BLOCK) {
            begin_line();
            add(without_last_newline(string_of(cmark_node_get_literal(node))), true);
        } else {
            enter_table(string_of(cmark_node_get_type_string(node)));
        }
    }

    // The extension's types are known by name only.
    void enter_table(const std::string& type) {
        if (type == "table_header" || type == "table_row") {
            begin_line();
            lines_.back().header = type == "table_header";
            lines_.back().cells.clear();
        } else if (type == "table_cell" && !lines_.empty()) {
            lines_.back().cells.emplace_back();
        }
    }

    void enter(cmark_node* node) {
        const cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_STRONG) {
            ++strong_;
        } else if (type == CMARK_NODE_EMPH) {
            ++emphasis_;
        } else if (type == CMARK_NODE_TEXT) {
            add(string_of(cmark_node_get_literal(node)));
        } else if (type == CMARK_NODE_CODE) {
            add(string_of(cmark_node_get_literal(node)), true);
        } else if (type == CMARK_NODE_SOFTBREAK) {
            add(" ");
        } else if (type == CMARK_NODE_LINEBREAK) {
            add("\n");
        } else if (type == CMARK_NODE_FOOTNOTE_REFERENCE) {
            add("[" + string_of(cmark_node_get_literal(node)) + "]", false, true);
        } else {
            enter_block(node, type);
        }
    }

    void leave(cmark_node* node) {
        const cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_STRONG) --strong_;
        if (type == CMARK_NODE_EMPH) --emphasis_;
        if (type == CMARK_NODE_LIST) lists_.pop_back();
        if (type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_ITEM) --depth_;
    }

    static std::string without_last_newline(std::string text) {
        if (!text.empty() && text.back() == '\n') text.pop_back();
        return text;
    }

    std::vector<Line> lines_;
    std::vector<List> lists_;
    std::string marker_;
    std::size_t depth_ = 0;
    int strong_ = 0;
    int emphasis_ = 0;
};

std::string text_of(const std::vector<Line>& lines) {
    std::string out;
    for (const Line& line : lines) {
        if (!out.empty()) out += '\n';
        if (line.depth > 1) out.append(2 * (std::min<std::size_t>(line.depth, 10) - 1), ' ');
        if (!line.marker.empty()) out += line.marker + " ";
        for (std::size_t i = 0; i < line.cells.size(); ++i) {
            if (i > 0) out += " | ";
            for (const Span& span : line.cells[i]) out += span.text;
        }
    }
    return out;
}

// Words of another script get an element of their own that says so.
void mark_scripts(cmark_node* root, std::string_view language) {
    for (cmark_node* node : nodes_of(root)) {
        if (cmark_node_get_type(node) != CMARK_NODE_TEXT) continue;
        const std::string text = string_of(cmark_node_get_literal(node));
        const std::vector<ScriptRun> runs = script_runs(text, language);
        if (runs.size() < 2 && (runs.empty() || runs.front().language.empty())) continue;
        for (const ScriptRun& run : runs) {
            cmark_node* words = cmark_node_new(CMARK_NODE_TEXT);
            cmark_node_set_literal(words, std::string(run.text).c_str());
            cmark_node* piece = words;
            if (!run.language.empty()) {
                piece = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
                cmark_node_set_on_enter(piece, html_before(run, language).c_str());
                cmark_node_set_on_exit(piece, html_behind(run, language).c_str());
                cmark_node_append_child(piece, words);
            }
            if (cmark_node_insert_before(node, piece) == 0) cmark_node_free(piece);
        }
        cmark_node_unlink(node);
        cmark_node_free(node);
    }
}

// Of a footnote rendered by itself only the item is kept: the list around it is put there once.
std::string footnote_item(std::string html) {
    html.erase(0, std::min(html.find("<li"), html.size()));
    const std::size_t end = html.rfind("</ol>\n</section>");
    if (end != std::string::npos) html.erase(end);
    return html;
}

}  // namespace

bool hides_text(std::string_view text) { return !tricks_in(text, 1).empty(); }

std::vector<Problem> markup_problems(std::string_view body) {
    std::vector<Problem> problems;
    add_tricks(body, problems);
    const bool is_plain_text = problems.empty();
    const Document document = parse(body);
    for (cmark_node* node : nodes_of(document.root.get())) {
        const cmark_node_type type = cmark_node_get_type(node);
        // "&#x202E;" is one as well.
        if (is_plain_text && hides_text(string_of(cmark_node_get_literal(node))))
            add_trick(line_of_node(node), problems);
        if (type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE) {
            problems.push_back({"raw_html",
                                {},
                                line_of_node(node),
                                "the text holds raw HTML",
                                "write it in Markdown, or put a backslash before the <"});
        } else if (type == CMARK_NODE_IMAGE) {
            problems.push_back({"image",
                                {},
                                line_of_node(node),
                                "the text shows an image",
                                "name the exhibit by its handle, {E-...}"});
        } else if (type == CMARK_NODE_LINK) {
            add_link(node, problems);
        }
    }
    return problems;
}

Markup render_markup(std::string_view body, std::string_view language) {
    const Document document = parse(body);
    make_harmless(document.root.get());

    Markup markup;
    std::size_t number = 0;
    std::string footnotes;
    std::vector<cmark_node*> nodes;
    for (cmark_node* node = cmark_node_first_child(document.root.get()); node != nullptr;
         node = cmark_node_next(node)) {
        if (cmark_node_get_type(node) == CMARK_NODE_THEMATIC_BREAK) continue;
        Block block;
        block.kind = kind_of(node);
        block.lines = LineReader().read(node);
        block.text = text_of(block.lines);
        if (block.kind == "heading") {
            block.level = static_cast<std::size_t>(cmark_node_get_heading_level(node));
        } else if (block.kind != "footnote") {
            block.number = ++number;
        }
        markup.blocks.push_back(std::move(block));
        nodes.push_back(node);
    }
    mark_scripts(document.root.get(), language);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        Block& block = markup.blocks[i];
        const Text html(cmark_render_html(nodes[i], kOptions, nullptr));
        block.html = string_of(html.get());
        if (block.kind == "footnote") {
            block.html = footnote_item(std::move(block.html));
            footnotes += block.html;
        } else {
            markup.html += block.html;
        }
    }
    if (!footnotes.empty()) {
        markup.html += "<section class=\"footnotes\">\n<ol>\n" + footnotes + "</ol>\n</section>\n";
    }
    return markup;
}

}  // namespace custos::vault::publish
