// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/fingerprint.h"

#include <string_view>

#include "crypto/encoding.h"
#include "crypto/hash.h"

namespace custos::vault::publish {
namespace {

constexpr std::size_t kWordBytes = 16;

// The PGP word list (Juola and Zimmermann, 1995), by the value of the byte.
constexpr std::string_view kEven =
    "aardvark absurd accrue acme adrift adult afflict ahead aimless Algol allow alone ammo ancient "
    "apple artist assume Athens atlas Aztec baboon backfield backward banjo beaming bedlamp "
    "beehive beeswax befriend Belfast berserk billiard bison blackjack blockade blowtorch bluebird "
    "bombast bookshelf brackish breadline breakup brickyard briefcase Burbank button buzzard "
    "cement chairlift chatter checkup chisel choking chopper Christmas clamshell classic classroom "
    "cleanup clockwork cobra commence concert cowbell crackdown cranky crowfoot crucial crumpled "
    "crusade cubic dashboard deadbolt deckhand dogsled dragnet drainage dreadful drifter dropper "
    "drumbeat drunken Dupont dwelling eating edict egghead eightball endorse endow enlist erase "
    "escape exceed eyeglass eyetooth facial fallout flagpole flatfoot flytrap fracture framework "
    "freedom frighten gazelle Geiger glitter glucose goggles goldfish gremlin guidance hamlet "
    "highchair hockey indoors indulge inverse involve island jawbone keyboard kickoff kiwi klaxon "
    "locale lockup merit minnow miser Mohawk mural music necklace Neptune newborn nightbird "
    "Oakland obtuse offload optic orca payday peachy pheasant physique playhouse Pluto preclude "
    "prefer preshrunk printer prowler pupil puppy python quadrant quiver quota ragtime ratchet "
    "rebirth reform regain reindeer rematch repay retouch revenge reward rhythm ribcage ringbolt "
    "robust rocker ruffled sailboat sawdust scallion scenic scorecard Scotland seabird select "
    "sentence shadow shamrock showgirl skullcap skydive slingshot slowdown snapline snapshot "
    "snowcap snowslide solo southward soybean spaniel spearhead spellbind spheroid spigot spindle "
    "spyglass stagehand stagnate stairway standard stapler steamship sterling stockman stopwatch "
    "stormy sugar surmount suspense sweatband swelter tactics talon tapeworm tempest tiger tissue "
    "tonic topmost tracker transit trauma treadmill Trojan trouble tumor tunnel tycoon uncut "
    "unearth unwind uproot upset upshot vapor village virus Vulcan waffle wallet watchword wayside "
    "willow woodlark Zulu";
constexpr std::string_view kOdd =
    "adroitness adviser aftermath aggregate alkali almighty amulet amusement antenna applicant "
    "Apollo armistice article asteroid Atlantic atmosphere autopsy Babylon backwater barbecue "
    "belowground bifocals bodyguard bookseller borderline bottomless Bradbury bravado Brazilian "
    "breakaway Burlington businessman butterfat Camelot candidate cannonball Capricorn caravan "
    "caretaker celebrate cellulose certify chambermaid Cherokee Chicago clergyman coherence "
    "combustion commando company component concurrent confidence conformist congregate consensus "
    "consulting corporate corrosion councilman crossover crucifix cumbersome customer Dakota "
    "decadence December decimal designing detector detergent determine dictator dinosaur direction "
    "disable disbelief disruptive distortion document embezzle enchanting enrollment enterprise "
    "equation equipment escapade Eskimo everyday examine existence exodus fascinate filament "
    "finicky forever fortitude frequency gadgetry Galveston getaway glossary gossamer graduate "
    "gravity guitarist hamburger Hamilton handiwork hazardous headwaters hemisphere hesitate "
    "hideaway holiness hurricane hydraulic impartial impetus inception indigo inertia infancy "
    "inferno informant insincere insurgent integrate intention inventive Istanbul Jamaica Jupiter "
    "leprosy letterhead liberty maritime matchmaker maverick Medusa megaton microscope microwave "
    "midsummer millionaire miracle misnomer molasses molecule Montana monument mosquito narrative "
    "nebula newsletter Norwegian October Ohio onlooker opulent Orlando outfielder Pacific pandemic "
    "pandora paperweight paragon paragraph paramount passenger pedigree Pegasus penetrate "
    "perceptive performance pharmacy phonetic photograph pioneer pocketful politeness positive "
    "potato processor provincial proximate puberty publisher pyramid quantity racketeer rebellion "
    "recipe recover repellent replica reproduce resistor responsive retraction retrieval "
    "retrospect revenue revival revolver sandalwood sardonic Saturday savagery scavenger sensation "
    "sociable souvenir specialist speculate stethoscope stupendous supportive surrender suspicious "
    "sympathy tambourine telephone therapist tobacco tolerance tomorrow torpedo tradition travesty "
    "trombonist truncated typewriter ultimate undaunted underfoot unicorn unify universe unravel "
    "upcoming vacancy vagabond vertigo Virginia visitor vocalist voyager warranty Waterloo "
    "whimsical Wichita Wilmington Wyoming yesteryear Yucatan";

constexpr std::size_t words_in(std::string_view list) {
    std::size_t count = 1;
    for (const char c : list) count += c == ' ' ? 1 : 0;
    return count;
}
static_assert(words_in(kEven) == 256 && words_in(kOdd) == 256);

std::string_view word_of(std::string_view list, std::size_t number) {
    for (; number > 0; --number) list.remove_prefix(list.find(' ') + 1);
    return list.substr(0, list.find(' '));
}

crypto::Digest digest_of(const crypto::minisign::PublicKey& key) {
    const auto bytes = crypto::from_base64(crypto::minisign::public_key_line(key));
    return crypto::sha256(bytes.value_or(Bytes()));
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The place behind `words` where they begin at `at`, as words of their own; else `at`.
std::size_t end_of(std::string_view words, std::string_view text, std::size_t at) {
    std::size_t end = at;
    if (at > 0 && is_letter(text[at - 1])) return at;
    for (const char c : words) {
        if (end >= text.size()) return at;
        if (c != ' ') {
            if (text[end++] != c) return at;
            continue;
        }
        if (!is_space(text[end])) return at;
        while (end < text.size() && is_space(text[end])) ++end;
    }
    return end < text.size() && is_letter(text[end]) ? at : end;
}

}  // namespace

std::string pgp_words(ByteView bytes) {
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i > 0) out += ' ';
        out += word_of(i % 2 == 0 ? kEven : kOdd, bytes[i]);
    }
    return out;
}

std::string_view pgp_word_list(std::size_t parity) { return parity % 2 == 0 ? kEven : kOdd; }

std::string fingerprint_of(const crypto::minisign::PublicKey& key) {
    const std::string digits = crypto::hex(digest_of(key).view());
    std::string out;
    for (std::size_t i = 0; i < digits.size(); i += 4) {
        if (i > 0) out += ' ';
        out += digits.substr(i, 4);
    }
    return out;
}

std::string fingerprint_words(const crypto::minisign::PublicKey& key) {
    return pgp_words(digest_of(key).view().first(kWordBytes));
}

std::string without_fingerprint_words(std::string text, const crypto::minisign::PublicKey& key) {
    const std::string words = fingerprint_words(key);
    const std::string first = words.substr(0, words.find(' '));
    for (std::size_t at = text.find(first); at != std::string::npos;
         at = text.find(first, at + first.size())) {
        const std::size_t end = end_of(words, text, at);
        for (std::size_t i = at; i < end; ++i) {
            if (is_letter(text[i])) text[i] = '.';
        }
    }
    return text;
}

}  // namespace custos::vault::publish
