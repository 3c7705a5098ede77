// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/markup.h"

#include <array>
#include <cstdlib>
#include <memory>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "crypto/error.h"
#include "vault/publish/fold.h"
#include "vault/publish/handles.h"

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

// Characters that hide text from a reader or turn its direction. Zero-width space and joiners
// belong to Khmer, Thai, Persian and Indian scripts, direction marks to Arabic and Hebrew: they
// stay.
bool is_trick(char32_t c) {
    if (c < 0x20) return c != '\n' && c != '\t' && c != '\r';
    if (c >= 0x7F && c <= 0x9F) return true;
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF ||
           c == 0x2060 || c == 0x180E || c == 0x00AD || c == 0x115F || c == 0x1160 || c == 0x3164 ||
           c == 0xFFA0 || (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF) ||
           c == kNoCharacter;
}

void add_tricks(std::string_view body, std::vector<Problem>& problems) {
    constexpr std::size_t kReportedMax = 20;
    std::size_t reported = 0;
    for (std::size_t at = 0; at < body.size() && reported < kReportedMax;) {
        const std::size_t begin = at;
        if (!is_trick(next_character(body, at))) continue;
        ++reported;
        problems.push_back({"hidden_character",
                            {},
                            line_of(body, begin),
                            "the text holds a character that hides or turns what stands around it",
                            "take the character out"});
    }
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

std::string trimmed(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    return text;
}

}  // namespace

std::vector<Problem> markup_problems(std::string_view body) {
    std::vector<Problem> problems;
    add_tricks(body, problems);
    const Document document = parse(body);
    for (cmark_node* node : nodes_of(document.root.get())) {
        const cmark_node_type type = cmark_node_get_type(node);
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

Markup render_markup(std::string_view body) {
    const Document document = parse(body);
    make_harmless(document.root.get());

    Markup markup;
    const Text html(cmark_render_html(document.root.get(), kOptions,
                                      cmark_parser_get_syntax_extensions(document.parser.get())));
    markup.html = string_of(html.get());
    for (cmark_node* node = cmark_node_first_child(document.root.get()); node != nullptr;
         node = cmark_node_next(node)) {
        if (cmark_node_get_type(node) == CMARK_NODE_THEMATIC_BREAK) continue;
        const Text text(cmark_render_plaintext(node, kOptions | CMARK_OPT_NOBREAKS, 0));
        Block block{kind_of(node), trimmed(string_of(text.get()))};
        // "[^1]: " before a footnote says no more than its kind does.
        const std::size_t mark = block.text.find("]: ");
        if (block.kind == "footnote" && mark != std::string::npos) block.text.erase(0, mark + 3);
        markup.blocks.push_back(std::move(block));
    }
    return markup;
}

}  // namespace custos::vault::publish
