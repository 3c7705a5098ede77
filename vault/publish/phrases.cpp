// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/phrases.h"

#include <array>
#include <memory>
#include <optional>

#include <unicode/dtptngen.h>
#include <unicode/gregocal.h>
#include <unicode/locid.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

namespace custos::vault::publish {
namespace {

constexpr std::array<Phrases, 8> kPhrases = {
    {{"en",
      "Person",
      "[name withheld]",
      "[date withheld]",
      "[place withheld]",
      "Exhibit",
      "Public statement",
      "Index",
      "Date",
      "Sources",
      "Authenticity",
      "This statement is signed. VERIFY.txt, published with it, says how to check that it is "
      "authentic and "
      "unaltered.",
      "Key",
      "Fingerprint",
      "The first half of it in words",
      "Notes",
      "QR code of the key that signed this statement",
      "The text on this page is the text that was signed with this key.",
      "The text on this page is NOT the text that was signed with this key. Do not rely on it.",
      "This browser cannot check signatures. VERIFY.txt says how to do it without a browser.",
      "A page that checks itself proves nothing by itself: whoever can change a page can change "
      "its check. Compare the fingerprint with one that you got from the publisher another way.",
      "[passage withheld]"},
     {"fr",
      "Personne",
      "[nom non communiqué]",
      "[date non communiquée]",
      "[lieu non communiqué]",
      "Pièce",
      "Déclaration publique",
      "Index",
      "Date",
      "Sources",
      "Authenticité",
      "Cette déclaration est signée. VERIFY.txt, publié avec elle, dit comment vérifier qu'elle "
      "est authentique "
      "et n'a pas été modifiée.",
      "Clé",
      "Empreinte",
      "Sa première moitié en mots (anglais)",
      "Notes",
      "Code QR de la clé qui a signé cette déclaration",
      "Le texte de cette page est celui qui a été signé avec cette clé.",
      "Le texte de cette page n'est PAS celui qui a été signé avec cette clé. Ne vous y fiez pas.",
      "Ce navigateur ne sait pas vérifier les signatures. VERIFY.txt dit comment le faire sans "
      "navigateur.",
      "Une page qui se vérifie elle-même ne prouve rien à elle seule : qui peut modifier la page "
      "peut modifier sa vérification. Comparez l'empreinte avec celle que l'organisation vous a "
      "donnée par une autre voie.",
      "[passage non communiqué]"},
     {"es",
      "Persona",
      "[nombre reservado]",
      "[fecha reservada]",
      "[lugar reservado]",
      "Prueba",
      "Declaración pública",
      "Índice",
      "Fecha",
      "Fuentes",
      "Autenticidad",
      "Esta declaración está firmada. VERIFY.txt, publicado con ella, explica cómo comprobar que "
      "es auténtica y "
      "no ha sido alterada.",
      "Clave",
      "Huella",
      "Su primera mitad en palabras (inglesas)",
      "Notas",
      "Código QR de la clave que firmó esta declaración",
      "El texto de esta página es el que se firmó con esta clave.",
      "El texto de esta página NO es el que se firmó con esta clave. No se fíe de él.",
      "Este navegador no puede comprobar firmas. VERIFY.txt explica cómo hacerlo sin navegador.",
      "Una página que se comprueba a sí misma no demuestra nada por sí sola: quien puede cambiar "
      "la página puede cambiar su comprobación. Compare la huella con la que haya recibido de la "
      "organización por otra vía.",
      "[pasaje reservado]"},
     {"ar",
      "الشخص",
      "[الاسم محجوب]",
      "[التاريخ محجوب]",
      "[المكان محجوب]",
      "المستند",
      "بيان عام",
      "رقم الوثيقة",
      "التاريخ",
      "المصادر",
      "الموثوقية",
      "هذا البيان موقَّع رقميًا. يشرح الملف VERIFY.txt المنشور معه كيفية التحقق من أنه أصلي ولم "
      "يُغيَّر.",
      "المفتاح",
      "البصمة",
      "نصفها الأول بالكلمات (بالإنجليزية)",
      "حواشٍ",
      "رمز QR للمفتاح الذي وُقّع به هذا البيان",
      "نص هذه الصفحة هو النص الموقَّع بهذا المفتاح.",
      "نص هذه الصفحة ليس النص الموقَّع بهذا المفتاح. لا تعتمد عليه.",
      "لا يستطيع هذا المتصفح التحقق من التواقيع. يشرح VERIFY.txt كيفية ذلك دون متصفح.",
      "الصفحة التي تتحقق من نفسها لا تثبت شيئًا وحدها: فمن يستطيع تغيير الصفحة يستطيع تغيير تحققها. "
      "قارن البصمة ببصمة حصلت عليها من الناشر بطريق آخر.",
      "[مقطع محجوب]"},
     {"km",
      "បុគ្គល",
      "[មិនបង្ហាញឈ្មោះ]",
      "[មិនបង្ហាញកាលបរិច្ឆេទ]",
      "[មិនបង្ហាញទីកន្លែង]",
      "វត្ថុតាង",
      "សេចក្តីថ្លែងការណ៍ជាសាធារណៈ",
      "លេខយោង",
      "កាលបរិច្ឆេទ",
      "ប្រភព",
      "ភាពពិតប្រាកដ",
      "សេចក្តីថ្លែងការណ៍នេះមានចុះហត្ថលេខាឌីជីថល។ ឯកសារ VERIFY.txt ដែលបោះផ្សាយជាមួយ "
      "ពន្យល់ពីរបៀបពិនិត្យថា វាពិតប្រាកដ និងមិនត្រូវបានកែប្រែ។",
      "សោ",
      "ស្នាមម្រាមដៃ",
      "ពាក់កណ្តាលដំបូងជាពាក្យ (ភាសាអង់គ្លេស)",
      "កំណត់សម្គាល់",
      "កូដ QR នៃសោដែលបានចុះហត្ថលេខាលើសេចក្តីថ្លែងការណ៍នេះ",
      "អត្ថបទលើទំព័រនេះ គឺជាអត្ថបទដែលបានចុះហត្ថលេខាដោយសោនេះ។",
      "អត្ថបទលើទំព័រនេះ មិនមែនជាអត្ថបទដែលបានចុះហត្ថលេខាដោយសោនេះទេ។ កុំទុកចិត្តវា។",
      "កម្មវិធីរុករកនេះមិនអាចពិនិត្យហត្ថលេខាបានទេ។ VERIFY.txt ពន្យល់ពីរបៀបពិនិត្យដោយគ្មានវា។",
      "ទំព័រដែលពិនិត្យខ្លួនឯង មិនបញ្ជាក់អ្វីដោយខ្លួនវាទេ៖ អ្នកដែលអាចកែទំព័រ ក៏អាចកែការពិនិត្យរបស់វាបានដែរ។ "
      "សូមប្រៀបធៀបស្នាមម្រាមដៃជាមួយអ្វីដែលអ្នកទទួលបានពីអ្នកបោះផ្សាយតាមផ្លូវផ្សេង។",
      "[មិនបង្ហាញវគ្គនេះ]"},
     {"my",
      "ပုဂ္ဂိုလ်",
      "[အမည်မဖော်ပြပါ]",
      "[ရက်စွဲမဖော်ပြပါ]",
      "[နေရာမဖော်ပြပါ]",
      "သက်သေခံပစ္စည်း",
      "အများပြည်သူသို့ ထုတ်ပြန်ချက်",
      "အညွှန်းအမှတ်",
      "ရက်စွဲ",
      "ရင်းမြစ်များ",
      "စစ်မှန်မှု",
      "ဤထုတ်ပြန်ချက်ကို ဒစ်ဂျစ်တယ်လက်မှတ် ရေးထိုးထားပါသည်။ အတူထုတ်ပြန်ထားသော VERIFY.txt တွင် "
      "စစ်မှန်ပြီး ပြောင်းလဲထားခြင်းမရှိကြောင်း စစ်ဆေးနည်းကို ဖော်ပြထားပါသည်။",
      "သော့",
      "လက်ဗွေ",
      "ပထမတစ်ဝက်ကို စာလုံးများဖြင့် (အင်္ဂလိပ်)",
      "မှတ်စုများ",
      "ဤထုတ်ပြန်ချက်ကို လက်မှတ်ရေးထိုးသည့် သော့၏ QR ကုဒ်",
      "ဤစာမျက်နှာရှိ စာသားသည် ဤသော့ဖြင့် လက်မှတ်ရေးထိုးထားသော စာသားဖြစ်သည်။",
      "ဤစာမျက်နှာရှိ စာသားသည် ဤသော့ဖြင့် လက်မှတ်ရေးထိုးထားသော စာသား မဟုတ်ပါ။ မယုံကြည်ပါနှင့်။",
      "ဤဘရောက်ဇာသည် လက်မှတ်များကို မစစ်ဆေးနိုင်ပါ။ VERIFY.txt တွင် ဘရောက်ဇာမပါဘဲ စစ်ဆေးနည်းကို ဖော်ပြထားသည်။",
      "မိမိကိုယ်ကို စစ်ဆေးသော စာမျက်နှာသည် သက်သေမဟုတ်ပါ။ စာမျက်နှာကို ပြောင်းနိုင်သူသည် စစ်ဆေးမှုကိုလည်း ပြောင်းနိုင်သည်။ ထုတ်ဝေသူထံမှ "
      "အခြားနည်းဖြင့် ရရှိထားသော လက်ဗွေနှင့် နှိုင်းယှဉ်ပါ။",
      "[ဤအပိုဒ် မဖော်ပြပါ]"},
     {"th",
      "บุคคล",
      "[ไม่เปิดเผยชื่อ]",
      "[ไม่เปิดเผยวันที่]",
      "[ไม่เปิดเผยสถานที่]",
      "หลักฐาน",
      "แถลงการณ์สาธารณะ",
      "เลขที่อ้างอิง",
      "วันที่",
      "แหล่งที่มา",
      "ความถูกต้องแท้จริง",
      "แถลงการณ์ฉบับนี้ลงลายมือชื่อดิจิทัล ไฟล์ VERIFY.txt ที่เผยแพร่พร้อมกัน "
      "อธิบายวิธีตรวจสอบว่าเป็นของจริงและไม่ถูกแก้ไข",
      "กุญแจ",
      "ลายนิ้วมือ",
      "ครึ่งแรกเป็นคำ (ภาษาอังกฤษ)",
      "หมายเหตุ",
      "คิวอาร์โค้ดของกุญแจที่ลงลายมือชื่อแถลงการณ์นี้",
      "ข้อความในหน้านี้คือข้อความที่ลงลายมือชื่อด้วยกุญแจนี้",
      "ข้อความในหน้านี้ไม่ใช่ข้อความที่ลงลายมือชื่อด้วยกุญแจนี้ อย่าเชื่อถือ",
      "เบราว์เซอร์นี้ตรวจสอบลายมือชื่อไม่ได้ VERIFY.txt อธิบายวิธีตรวจสอบโดยไม่ใช้เบราว์เซอร์",
      "หน้าที่ตรวจสอบตัวเองไม่ได้พิสูจน์อะไรด้วยตัวเอง ผู้ที่แก้ไขหน้าได้ก็แก้ไขการตรวจสอบได้ "
      "โปรดเปรียบเทียบลายนิ้วมือกับที่ได้รับจากผู้เผยแพร่ทางอื่น",
      "[ไม่เปิดเผยข้อความส่วนนี้]"},
     {"zh",
      "人员",
      "[姓名不予公开]",
      "[日期不予公开]",
      "[地点不予公开]",
      "证物",
      "公开声明",
      "文件编号",
      "日期",
      "资料来源",
      "真实性",
      "本声明附有数字签名。随附的 VERIFY.txt 说明如何核实其真实且未经改动。",
      "密钥",
      "指纹",
      "其前半部分（以英文单词表示）",
      "注释",
      "签署本声明的密钥的二维码",
      "本页文字与用此密钥签署的文字一致。",
      "本页文字与用此密钥签署的文字不一致。请勿信赖。",
      "此浏览器无法验证签名。VERIFY.txt 说明如何不用浏览器进行验证。",
      "网页自我验证本身不能证明任何事情：能修改网页的人也能修改其验证。请与您通过其他途径从发布者处"
      "获得的指纹进行比对。",
      "[此段不予公开]"}}};

constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 4> kSeasons = {"spring", "summer", "autumn", "winter"};

std::string_view primary(std::string_view language) {
    return language.substr(0, language.find('-'));
}

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

int number(std::string_view two_digits) {
    return (two_digits[0] - '0') * 10 + (two_digits[1] - '0');
}

// One end of an EDTF date in English.
std::string english_date(std::string_view edtf) {
    std::string qualifier;
    if (!edtf.empty()) {
        const char last = edtf.back();
        if (last == '~' || last == '%') qualifier = "about ";
        if (last == '?') qualifier = "possibly ";
        if (!qualifier.empty()) edtf.remove_suffix(1);
    }
    const std::string_view year = edtf.substr(0, 4);
    if (!all_digits(year) || year.size() != 4) return std::string(edtf);
    const std::string year_text(year);
    if (edtf.size() == 4) return qualifier + year_text;
    if (edtf.size() != 7 && edtf.size() != 10) return std::string(edtf);
    const std::string_view month = edtf.substr(5, 2);
    if (!all_digits(month)) return qualifier + year_text;
    const int m = number(month);
    if (m >= 21 && m <= 24) {
        return qualifier + std::string(kSeasons.at(static_cast<std::size_t>(m - 21))) + " " +
               year_text;
    }
    if (m < 1 || m > 12) return std::string(edtf);
    const std::string month_text(kMonths.at(static_cast<std::size_t>(m - 1)));
    const std::string_view day = edtf.size() == 10 ? edtf.substr(8, 2) : std::string_view();
    if (!all_digits(day)) return qualifier + month_text + " " + year_text;
    return qualifier + std::to_string(number(day)) + " " + month_text + " " + year_text;
}

icu::Locale locale_of(std::string_view language) {
    UErrorCode status = U_ZERO_ERROR;
    const std::string text(language);
    icu::Locale locale = icu::Locale::forLanguageTag(text, status);
    return U_SUCCESS(status) != 0 && !text.empty() ? locale : icu::Locale::getEnglish();
}

// Year, month and day as far as they are given; zero for what is not.
struct Parts {
    int year = 0;
    int month = 0;
    int day = 0;
};

// Nothing for seasons and unspecified digits, which only English has words for here.
std::optional<Parts> parts_of(std::string_view edtf) {
    Parts parts;
    if (edtf.size() != 4 && edtf.size() != 7 && edtf.size() != 10) return std::nullopt;
    if (!all_digits(edtf.substr(0, 4))) return std::nullopt;
    parts.year = number(edtf.substr(0, 2)) * 100 + number(edtf.substr(2, 2));
    if (edtf.size() > 4) {
        if (!all_digits(edtf.substr(5, 2))) return std::nullopt;
        parts.month = number(edtf.substr(5, 2));
        if (parts.month < 1 || parts.month > 12) return std::nullopt;
    }
    if (edtf.size() > 7) {
        if (!all_digits(edtf.substr(8, 2))) return std::nullopt;
        parts.day = number(edtf.substr(8, 2));
    }
    return parts;
}

// One end of an EDTF date as `language` writes it: a hyphen between numbers turns them around in
// Arabic text, so words are needed there.
std::string local_date(std::string_view edtf, std::string_view language) {
    std::string_view bare = edtf;
    std::string sign;
    if (!bare.empty() && (bare.back() == '~' || bare.back() == '?' || bare.back() == '%')) {
        sign = bare.substr(bare.size() - 1);
        bare.remove_suffix(1);
    }
    const auto parts = parts_of(bare);
    if (!parts) return std::string(edtf);

    UErrorCode status = U_ZERO_ERROR;
    icu::Locale locale = locale_of(language);
    locale.setKeywordValue("calendar", "gregorian", status);
    locale.setKeywordValue("numbers", "latn", status);
    const char16_t* skeleton = parts->month == 0 ? u"y" : parts->day == 0 ? u"yMMMM" : u"yMMMMd";
    const std::unique_ptr<icu::DateTimePatternGenerator> patterns(
        icu::DateTimePatternGenerator::createInstance(locale, status));
    if (U_FAILURE(status) != 0) return std::string(edtf);
    icu::SimpleDateFormat format(patterns->getBestPattern(skeleton, status), locale, status);
    icu::GregorianCalendar calendar(*icu::TimeZone::getGMT(), locale, status);
    if (U_FAILURE(status) != 0) return std::string(edtf);
    calendar.clear();
    calendar.set(parts->year, parts->month == 0 ? 0 : parts->month - 1,
                 parts->day == 0 ? 1 : parts->day);
    format.setTimeZone(*icu::TimeZone::getGMT());
    icu::UnicodeString text;
    format.format(calendar.getTime(status), text);
    if (U_FAILURE(status) != 0) return std::string(edtf);
    std::string out;
    return text.toUTF8String(out) + sign;
}

}  // namespace

const Phrases& phrases_for(std::string_view language) {
    for (const Phrases& phrases : kPhrases) {
        if (phrases.language == primary(language)) return phrases;
    }
    return kPhrases.front();
}

std::string letter_of(std::size_t number) {
    std::string letters;
    for (++number; number > 0; number = (number - 1) / 26) {
        letters.insert(letters.begin(), static_cast<char>('A' + (number - 1) % 26));
    }
    return letters;
}

std::string date_phrase(std::string_view edtf, std::string_view language) {
    const bool english = language.empty() || primary(language) == "en";
    const auto one = [&](std::string_view date) {
        return english ? english_date(date) : local_date(date, language);
    };
    const std::size_t slash = edtf.find('/');
    if (slash == std::string_view::npos) return one(edtf);
    const std::string_view from = edtf.substr(0, slash);
    const std::string_view to = edtf.substr(slash + 1);
    const bool no_from = from.empty() || from == "..";
    const bool no_to = to.empty() || to == "..";
    if (no_from && no_to) return std::string(edtf);
    if (!english) return (no_from ? "…" : one(from)) + " – " + (no_to ? "…" : one(to));
    if (no_from) return "until " + one(to);
    if (no_to) return "since " + one(from);
    return one(from) + " to " + one(to);
}

std::string country_name(std::string_view code, std::string_view language) {
    const icu::Locale country("", std::string(code).c_str());
    icu::UnicodeString name;
    country.getDisplayCountry(locale_of(language), name);
    std::string out;
    return name.toUTF8String(out);
}

bool is_right_to_left(std::string_view language) {
    return locale_of(language).isRightToLeft() != 0;
}

}  // namespace custos::vault::publish
