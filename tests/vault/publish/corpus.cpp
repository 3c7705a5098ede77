// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus.h"

#include <algorithm>

#include <zlib.h>

#include "crypto/encoding.h"
#include "vault/publish/fold.h"

namespace custos::test {
namespace {

using vault::publish::Person;
using vault::publish::PersonName;
using vault::publish::Protection;

// A part of a name in its own script, and two ways in which people write it in Latin letters (for
// the Latin script: as it is, and by sound in another spelling).
struct Part {
    std::string_view own;
    std::string_view one;
    std::string_view other;
};

struct Script {
    std::string_view name;
    std::array<Part, 6> given;
    std::array<Part, 6> family;
    std::array<std::string_view, 4> filler;
    bool has_case = false;
    bool has_spaces = true;
};

constexpr std::array<Script, 8> kScripts = {{
    {"latin",
     {{{"Sorithea", "Sorithea", "Sorithia"},
       {"Chanmony", "Chanmony", "Chanmoni"},
       {"Bopharoth", "Bopharoth", "Bopharot"},
       {"Ratanak", "Ratanak", "Ratanack"},
       {"Vicheka", "Vicheka", "Vichekha"},
       {"Kosalmey", "Kosalmey", "Kosalmei"}}},
     {{{"Vannarith", "Vannarith", "Vannarit"},
       {"Phalkun", "Phalkun", "Phalkhun"},
       {"Meakthong", "Meakthong", "Mekthong"},
       {"Chhunlis", "Chhunlis", "Chunlis"},
       {"Samrith", "Samrith", "Samrit"},
       {"Tepbora", "Tepbora", "Tebbora"}}},
     {"The authorities have not answered the letter that was sent in spring. ",
      "Several families said that they were told to leave before the end of the week. ",
      "According to the United Nations, the situation in the region has become worse. ",
      "Observers in Phnom Penh and Bangkok reported that nobody was charged. "},
     true},
    {"khmer",
     {{{"ដារា", "Dara", "Darah"},
       {"សុខា", "Sokha", "Sokkha"},
       {"ចំរើន", "Chamroeun", "Chamreun"},
       {"បុប្ផា", "Bopha", "Bupha"},
       {"រតនា", "Ratana", "Rattana"},
       {"មករា", "Makara", "Meakara"}}},
     {{{"សំណាង", "Samnang", "Somnang"},
       {"កុសល", "Kosal", "Kusal"},
       {"វិចិត្រ", "Vichet", "Vichit"},
       {"មុនី", "Mony", "Muny"},
       {"ធីតា", "Thida", "Tida"},
       {"នរិន្ទ", "Narin", "Norint"}}},
     {"អាជ្ញាធរមិនទាន់បានឆ្លើយតបលិខិតនោះទេ។ ", "ក្រុមគ្រួសារជាច្រើនត្រូវបានប្រាប់ឱ្យចាកចេញ។ ",
      "ស្ថានភាពនៅក្នុងតំបន់កាន់តែអាក្រក់។ ", "គ្មាននរណាម្នាក់ត្រូវបានចោទប្រកាន់ឡើយ។ "},
     false,
     false},
    {"thai",
     {{{"สมชาย", "Somchai", "Somchay"},
       {"วิชัย", "Wichai", "Vichai"},
       {"กมล", "Kamon", "Kamol"},
       {"นภา", "Napa", "Napha"},
       {"มานี", "Mani", "Manee"},
       {"สุดา", "Suda", "Sudah"}}},
     {{{"ประเสริฐ", "Prasert", "Praserd"},
       {"รัตนา", "Rattana", "Ratana"},
       {"มาลัย", "Malai", "Malay"},
       {"พิชิต", "Phichit", "Pichit"},
       {"ทองคำ", "Thongkham", "Tongkam"},
       {"บุญมี", "Bunmi", "Boonmee"}}},
     {"เจ้าหน้าที่ยังไม่ตอบจดหมายที่ส่งไปเมื่อฤดูใบไม้ผลิ ", "หลายครอบครัวบอกว่าถูกสั่งให้ออกก่อนสิ้นสัปดาห์ ",
      "สถานการณ์ในภูมิภาคแย่ลงเรื่อยๆ ", "ยังไม่มีใครถูกตั้งข้อหา "},
     false,
     false},
    {"burmese",
     {{{"ဇော်မင်း", "Zawmin", "Zaw Min"},
       {"သန်းဌေး", "Thanhtay", "Than Htay"},
       {"ခင်မောင်", "Khinmaung", "Khin Maung"},
       {"လှတင်", "Hlatin", "Hla Tin"},
       {"မိုးစန်း", "Moesan", "Moe San"},
       {"ကိုကို", "Koko", "Ko Ko"}}},
     {{{"လွင်မိုး", "Lwinmoe", "Lwin Moe"},
       {"ထွန်းနိုင်", "Tunnaing", "Htun Naing"},
       {"တင်ဝင်း", "Tinwin", "Tin Win"},
       {"မောင်မောင်", "Maungmaung", "Maung Maung"},
       {"နန်းခမ်း", "Nankham", "Nan Kham"},
       {"ဖိုးလမင်း", "Pholamin", "Phoe La Min"}}},
     {"အာဏာပိုင်များက စာကို ပြန်မဖြေသေးပါ။ ", "မိသားစုများစွာကို ထွက်ခွာရန် ပြောခဲ့သည်။ ", "ဒေသတွင်း အခြေအနေ ပိုဆိုးလာသည်။ ",
      "မည်သူ့ကိုမျှ တရားမစွဲရသေးပါ။ "},
     false,
     false},
    {"arabic",
     {{{"محمد", "Mohammed", "Muhamad"},
       {"سمير", "Samir", "Sameer"},
       {"خالد", "Khaled", "Khalid"},
       {"فريد", "Farid", "Fareed"},
       {"نادر", "Nader", "Nadir"},
       {"كريم", "Karim", "Kareem"}}},
     {{{"المنصور", "Al-Mansour", "Mansur"},
       {"حبيب", "Habib", "Habeeb"},
       {"درويش", "Darwish", "Derwish"},
       {"سليمان", "Suleiman", "Sulayman"},
       {"مرزوق", "Marzouk", "Marzuq"},
       {"البصري", "Al-Basri", "Basri"}}},
     {"لم ترد السلطات على الرسالة التي أرسلت في الربيع. ", "قالت عائلات كثيرة إنها أمرت بالرحيل. ",
      "ساء الوضع في المنطقة كثيرا. ", "ولم توجه تهمة إلى أحد حتى الآن. "}},
    {"cyrillic",
     {{{"Алексей", "Aleksey", "Alexei"},
       {"Тамара", "Tamara", "Tamarah"},
       {"Жанна", "Zhanna", "Zhana"},
       {"Марина", "Marina", "Mareena"},
       {"Дмитрий", "Dmitry", "Dmitri"},
       {"Камила", "Kamila", "Kamilla"}}},
     {{{"Чернавин", "Chernavin", "Chernaveen"},
       {"Хабиров", "Khabirov", "Khabirow"},
       {"Мармеладов", "Marmeladov", "Marmeladow"},
       {"Савельев", "Savelyev", "Saveliev"},
       {"Григорян", "Grigoryan", "Grigorian"},
       {"Соколан", "Sokolan", "Sokolann"}}},
     {"Власти пока не ответили на письмо, отправленное весной. ",
      "Многие семьи сообщили, что им велели уехать до конца недели. ",
      "Обстановка в области стала заметно хуже. ", "Обвинений никому не предъявили. "},
     true},
    {"han",
     {{{"晓明", "Xiaoming", "Xiao Ming"},
       {"建国", "Jianguo", "Jian Guo"},
       {"丽娜", "Lina", "Li Na"},
       {"国强", "Guoqiang", "Guo Qiang"},
       {"梦兰", "Menglan", "Meng Lan"},
       {"冬梅", "Dongmei", "Dong Mei"}}},
     {{{"王", "Wang", "Wang"},
       {"张", "Zhang", "Zhang"},
       {"林", "Lin", "Lin"},
       {"陈", "Chen", "Chen"},
       {"孙", "Sun", "Sun"},
       {"黄", "Huang", "Huang"}}},
     {"当局尚未答复春天寄出的信件。", "许多家庭被告知必须在周末前离开。", "该地区的局势日益恶化。",
      "至今没有任何人受到起诉。"},
     false,
     false},
    {"devanagari",
     {{{"सुनीता", "Sunita", "Suneeta"},
       {"राजेश", "Rajesh", "Rajeesh"},
       {"मीनाक्षी", "Minakshi", "Meenakshi"},
       {"विकास", "Vikas", "Vikaas"},
       {"प्रकाश", "Prakash", "Parkash"},
       {"दिनेश", "Dinesh", "Deenesh"}}},
     {{{"शर्मा", "Sharma", "Sharmah"},
       {"कुमारन", "Kumaran", "Koomaran"},
       {"देवनाथ", "Devnath", "Devanath"},
       {"चौहान", "Chauhan", "Chowhan"},
       {"मिश्रा", "Mishra", "Mishraa"},
       {"सक्सेना", "Saksena", "Saxena"}}},
     {"अधिकारियों ने अब तक पत्र का उत्तर नहीं दिया। ", "कई परिवारों से कहा गया कि वे चले जाएँ। ",
      "क्षेत्र की स्थिति और बिगड़ गई। ", "अब तक किसी पर आरोप नहीं लगा। "}},
}};

constexpr std::size_t kPersonsPerScript = 12;

std::vector<std::string> characters(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        vault::publish::next_character(text, at);
        out.emplace_back(text.substr(begin, at - begin));
    }
    return out;
}

// `between` after every character but the last.
std::string joined(std::string_view text, std::string_view between) {
    std::string out;
    for (const std::string& each : characters(text))
        out += (out.empty() ? "" : std::string(between)) + each;
    return out;
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    for (std::size_t at = text.find(what); at != std::string::npos;
         at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

// Capitals of small letters of Latin and Cyrillic; others as they are.
std::string capitals(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        char32_t c = vault::publish::next_character(text, at);
        if ((c >= U'a' && c <= U'z') || (c >= U'а' && c <= U'я')) c -= 32;
        vault::publish::append_utf8(out, c);
    }
    return out;
}

std::string entities(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();)
        out +=
            "&#" +
            std::to_string(static_cast<std::uint32_t>(vault::publish::next_character(text, at))) +
            ";";
    return out;
}

std::string percents(std::string_view text) {
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += kHex[byte / 16];
        out += kHex[byte % 16];
    }
    return out;
}

std::string utf16(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = vault::publish::next_character(text, at);
        out += static_cast<char>(c & 0xFF);
        out += static_cast<char>(c >> 8 & 0xFF);
    }
    return out;
}

std::string deflated(std::string_view text) {
    std::string out(compressBound(text.size()), '\0');
    uLongf size = out.size();
    compress(reinterpret_cast<Bytef*>(out.data()), &size,
             reinterpret_cast<const Bytef*>(text.data()), text.size());
    out.resize(size);
    return "%PDF-1.7\n1 0 obj\n<</Filter/FlateDecode>>\nstream\r\n" + out + "\nendstream\n\xFF\xFE";
}

std::string digits_of(std::string_view number, char32_t zero) {
    std::string out;
    for (const char c : number)
        vault::publish::append_utf8(out, zero + static_cast<char32_t>(c - '0'));
    return out;
}

}  // namespace

std::string_view name_of(Way way) {
    static constexpr std::array<std::string_view, kWays> kNames = {
        "as written",     "case changed", "turned around", "spaced",       "marks added",
        "invisible",      "look-alike",   "encoded",       "listed alias", "number",
        "transliterated", "inflected",    "mistyped",      "nobody"};
    return kNames.at(static_cast<std::size_t>(way));
}

int wanted_of(Way way) {
    const bool guessed =
        way == Way::transliterated || way == Way::inflected || way == Way::mistyped;
    return guessed ? 990 : 1000;
}

Corpus::Corpus(std::uint32_t seed) : random_(seed) {
    for (std::size_t script = 0; script < kScripts.size(); ++script) {
        for (std::size_t i = 0; i < kPersonsPerScript; ++i) {
            // Every family name twice, with different given names.
            const std::size_t given = (i + i / 6 * 2) % 6;
            const std::size_t family = i % 6;
            const Script& letters = kScripts.at(script);
            Person person;
            const std::size_t number = persons_.size();
            person.code = "P-" + std::to_string(10000 + number);
            person.protection = Protection::protected_;
            const std::string family_name(letters.family.at(family).own);
            const std::string given_name(letters.given.at(given).own);
            const bool together = letters.name == "han";
            person.names.push_back(
                {together ? family_name + given_name : given_name + " " + family_name,
                 "legal",
                 {},
                 PersonName::Form::own});
            person.aliases.push_back("Heron of the " + std::to_string(number) + "th hill");
            person.numbers.push_back("N" + std::to_string(70000000 + number * 1009));
            person.contacts.push_back("+855 12 " + std::to_string(300000 + number * 577));
            persons_.push_back(std::move(person));
            parts_.push_back({given, family});
        }
    }
}

std::string Corpus::filler(std::size_t script) {
    std::string text;
    for (std::size_t i = 0; i < 3 + pick(4); ++i)
        text += kScripts.at(pick(2) == 0 ? script : 0).filler.at(pick(4));
    return text;
}

std::string Corpus::written(Way way, std::size_t script, std::size_t person) {
    const Script& letters = kScripts.at(script);
    const Part& given = letters.given.at(parts_.at(person)[0]);
    const Part& family = letters.family.at(parts_.at(person)[1]);
    const Person& who = persons_.at(person);
    const std::string name = who.names[0].text;
    const std::string given_name(given.own);
    const std::string family_name(family.own);
    switch (way) {
        case Way::as_written:
        case Way::none: return name;
        case Way::case_changed: return capitals(name);
        case Way::turned_around: return family_name + ", " + given_name;
        case Way::spaced:
            switch (pick(3)) {
                case 0: return replaced(name, " ", "-");
                case 1: return replaced(name, " ", "\n");
                default: return joined(name, " ");
            }
        case Way::marked:
            if (letters.name == "arabic") return joined(name, "\u0640");
            if (letters.name == "latin")
                return replaced(replaced(name, "a", "\u00E1"), "o", "o\u0302");
            if (letters.name == "cyrillic") return replaced(name, "а", "а\u0301");
            return replaced(name, " ", "\u00A0");
        case Way::invisible: return joined(name, pick(2) == 0 ? "\u200B" : "\u00AD");
        case Way::look_alike:
            if (letters.name == "latin")
                return replaced(replaced(name, "a", "\u0430"), "o", "\u043E");
            if (letters.name == "cyrillic") return replaced(replaced(name, "а", "a"), "о", "o");
            if (letters.name == "arabic") return replaced(name, "ي", "ی");
            return joined(name, "\u2060");
        case Way::encoded:
            switch (pick(5)) {
                case 0: return entities(name);
                case 1: return percents(name);
                case 2: return crypto::base64(bytes_of("It was " + name + " there"));
                case 3: return deflated("It was " + name + " there, it was said.");
                default: return utf16("It was " + name + " there");
            }
        case Way::alias: return who.aliases[0];
        case Way::number: {
            const std::string digits = who.numbers[0].substr(1);
            switch (pick(4)) {
                case 0: return digits.substr(0, 4) + " " + digits.substr(4);
                case 1: return digits_of(digits, 0x0660);
                case 2: return digits_of(digits, 0x17E0);
                default: return "0" + replaced(who.contacts[0].substr(5), " ", "-");
            }
        }
        case Way::transliterated: {
            const auto latin = [&](const Part& part) {
                return std::string(pick(2) == 0 ? part.one : part.other);
            };
            return letters.name == "han" ? latin(family) + " " + latin(given)
                                         : latin(given) + " " + latin(family);
        }
        case Way::inflected:
            if (letters.name == "cyrillic") return family_name + (pick(2) == 0 ? "а" : "ым");
            if (letters.name == "arabic") return (pick(2) == 0 ? "و" : "ب") + family_name;
            if (letters.name == "latin") return family_name + (pick(2) == 0 ? "'s" : "om");
            return name;  // no endings
        case Way::mistyped: {
            std::vector<std::string> all = characters(family_name);
            if (all.size() < 6) return name;
            const std::size_t at = 1 + pick(all.size() - 2);
            switch (pick(3)) {
                case 0: all[at] = letters.name == "cyrillic" ? "ц" : "q"; break;
                case 1: all.erase(all.begin() + static_cast<std::ptrdiff_t>(at)); break;
                default: std::swap(all[at], all[at - 1]); break;
            }
            std::string out;
            for (const std::string& each : all) out += each;
            return out;
        }
    }
    return name;
}

Document Corpus::document(std::size_t i) {
    Document document;
    document.way = static_cast<Way>(i % kWays);
    std::size_t script = i / kWays % kScripts.size();
    // Endings and typing errors of a part are told apart where spaces are written.
    if (document.way == Way::inflected || document.way == Way::mistyped) {
        static constexpr std::array<std::size_t, 3> kWithEndings = {0, 4, 5};
        script = document.way == Way::inflected ? kWithEndings.at(pick(3)) : pick(2) * 5;
    }
    if (document.way == Way::transliterated && script == 0) script = 1 + pick(7);
    document.script = kScripts.at(script).name;
    document.text = filler(script);
    if (document.way == Way::none) {
        while (document.text.size() < 3000) document.text += filler(script);
        return document;
    }
    const std::size_t person = script * kPersonsPerScript + pick(kPersonsPerScript);
    document.record = persons_.at(person).code;
    const bool packed = document.way == Way::encoded;
    document.text +=
        (packed ? "\n" : " ") + written(document.way, script, person) + (packed ? "\n" : " ");
    if (!packed || pick(2) == 0) document.text += "\n" + filler(script);
    return document;
}

}  // namespace custos::test
