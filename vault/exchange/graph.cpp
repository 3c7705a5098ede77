// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/graph.h"

#include <array>
#include <set>

#include "vault/exchange/escape.h"
#include "vault/publish/protected.h"
#include "vault/records/describe.h"

namespace custos::vault {
namespace {

using nlohmann::json;

constexpr auto kGraphKinds =
    std::to_array<Kind>({Kind::person, Kind::incident, Kind::act, Kind::involvement});
// Fields that tell nobody's identity, as attributes of nodes.
constexpr auto kAttributes = std::to_array<const char*>(
    {"type", "completion", "degree", "perpetrator_type", "date", "counting_unit", "protection"});

using Attributes = std::vector<std::pair<std::string, std::string>>;

std::string text_in(const json& fields, const char* name) {
    const auto found = fields.find(name);
    return found != fields.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string label_of(const Schema& schema, const Record& record, Identities identities) {
    const Kind kind = record.id.kind;
    if (identities == Identities::write && (kind == Kind::person || kind == Kind::incident))
        return title_of(schema, kind, record.fields);
    if (kind == Kind::person &&
        !publish::is_protected(publish::read_person(record.code, record.fields)))
        return title_of(schema, kind, record.fields);
    std::string words = text_in(record.fields, kind == Kind::involvement ? "degree" : "type");
    if (kind == Kind::incident) words = text_in(record.fields, "date");
    return record.code + (words.empty() ? "" : " " + words);
}

Attributes attributes_of(const Schema& schema, const Record& record, Identities identities) {
    Attributes attributes = {{"kind", std::string(name_of(record.id.kind))},
                             {"label", label_of(schema, record, identities)}};
    for (const char* name : kAttributes) {
        std::string text = text_in(record.fields, name);
        if (!text.empty()) attributes.emplace_back(name, std::move(text));
    }
    return attributes;
}

// "relations.1.person" is the edge "relations.person".
std::string edge_name(const std::string& path) {
    std::string name;
    for (std::size_t at = 0; at < path.size();) {
        const std::size_t end = std::min(path.find('.', at), path.size());
        const std::string step = path.substr(at, end - at);
        if (step.find_first_not_of("0123456789") != std::string::npos)
            name += (name.empty() ? "" : ".") + step;
        at = end + 1;
    }
    return name;
}

class GraphMl {
public:
    static std::string begin() {
        std::string text =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
        const auto key = [&](const char* of, const std::string& name) {
            text += std::string("  <key id=\"") + name + "\" for=\"" + of + "\" attr.name=\"" +
                    name + "\" attr.type=\"string\"/>\n";
        };
        key("node", "kind");
        key("node", "label");
        for (const char* name : kAttributes) key("node", name);
        key("edge", "role");
        return text + "  <graph id=\"custos\" edgedefault=\"directed\">\n";
    }
    static std::string node(const std::string& id, const Attributes& attributes) {
        std::string text = "    <node id=\"" + xml_text(id) + "\">";
        for (const auto& [name, value] : attributes)
            text += "<data key=\"" + name + "\">" + xml_text(value) + "</data>";
        return text + "</node>\n";
    }
    static std::string edge(const std::string& from, const std::string& role,
                            const std::string& to) {
        return "    <edge source=\"" + xml_text(from) + "\" target=\"" + xml_text(to) +
               "\"><data key=\"role\">" + xml_text(role) + "</data></edge>\n";
    }
    static std::string end() { return "  </graph>\n</graphml>\n"; }
};

class Dot {
public:
    static std::string begin() { return "digraph custos {\n  node [fontname=\"sans-serif\"];\n"; }
    static std::string node(const std::string& id, const Attributes& attributes) {
        std::string text = "  " + dot_text(id) + " [";
        for (const auto& [name, value] : attributes)
            text += (text.ends_with('[') ? "" : ", ") + name + "=" + dot_text(value);
        return text + ", shape=" + (attributes.front().second == "person" ? "ellipse" : "box") +
               "];\n";
    }
    static std::string edge(const std::string& from, const std::string& role,
                            const std::string& to) {
        return "  " + dot_text(from) + " -> " + dot_text(to) + " [label=" + dot_text(role) + "];\n";
    }
    static std::string end() { return "}\n"; }
};

template <class Format>
class Graph {
public:
    Graph(const Vault& vault, Identities identities, const WriteText& write)
        : vault_(vault), identities_(identities), write_(write) {}

    ExportCount run() {
        write_(Format::begin());
        each([&](const Record& record) {
            nodes_.insert(record.id);
            count_record(count_, record);
            write_(Format::node(record.code, attributes_of(vault_.schema(), record, identities_)));
        });
        each([&](const Record& record) {
            for (const FieldReference& reference :
                 references(vault_.schema(), record.id.kind, record.fields))
                edge(record, edge_name(reference.path), reference.to);
            for (const Link& link : record.links) edge(record, link.role, link.to);
        });
        write_(Format::end());
        return count_;
    }

private:
    void each(const std::function<void(const Record&)>& visit) const {
        for (const Kind kind : kGraphKinds) each_chosen(vault_, {kind, {}}, visit);
    }

    void edge(const Record& from, const std::string& role, const RecordId& to) {
        if (nodes_.contains(to)) write_(Format::edge(from.code, role, code_of(vault_, to)));
    }

    const Vault& vault_;
    Identities identities_;
    const WriteText& write_;
    std::set<RecordId> nodes_;
    ExportCount count_;
};

}  // namespace

ExportCount export_graph(const Vault& vault, GraphFormat format, Identities identities,
                         const WriteText& write) {
    if (format == GraphFormat::dot) return Graph<Dot>(vault, identities, write).run();
    return Graph<GraphMl>(vault, identities, write).run();
}

}  // namespace custos::vault
