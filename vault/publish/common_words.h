// SPDX-License-Identifier: GPL-3.0-or-later
// Names that are words of a language as well: Justice, White, Cruz, Вера, أمل. Alone in a text they
// are more often the word than somebody.
#pragma once

#include <string_view>

namespace custos::vault::publish {

// As people write them, without capitals, a space behind each. Four letters or more: shorter parts
// of names are only looked for after a title.
inline constexpr std::string_view kCommonWords =
    // Words of every package that share a line with those of the statement
    "algorithm approval claims comment contact data date disclosed file files format index kind "
    "language licence list manifest minisign name number plain proof public register schema "
    "section signed size source sources statement table text title trusted type untrusted value "
    "version withheld "
    // English
    "able angel autumn ball banks beacon bell best bird bishop black bless blessed "
    "blessing bloom blue bond book branch bridge bridges bright brown bush carpenter "
    "cash chance charity child christian church clay clever coal constant cook "
    "courage cross dale dawn dean destiny divine duke earl east english faith farmer "
    "favour field fields fish flower flowers ford forest fortune frank free freedom "
    "french friday frost gardener gift glory golden good goodness grace grant gray "
    "green grey ground guard hall hand happiness happy harmony heart heaven hill "
    "hills holiday honest honour hope house hunter innocent jewel jordan journey "
    "judge june junior justice kind king kingdom knight knowledge lake lamb land lane "
    "lawyer liberty light little long lord lovely love loyal lucky major march mark "
    "marsh martial memory mercy merit miller mills miracle monday moon mountain noble "
    "north ocean page painter palm paradise park parks patience peace perfect "
    "pleasant pond pool porter post praise pretty price pride prince princess "
    "privilege promise prosper prosperity providence prudence purity queen radiant "
    "rain read redeemed regard rich rice river rivers rock rose sage sand sands "
    "saturday savage season sharp shepherd short silver singer smart snow south "
    "spring star steel stone street strong success summer sunday sunny sweet tailor "
    "talent temple thankful thursday tower town treasure trinity triumph true trust "
    "tuesday unity valley victor victory virtue walker wall ward water waters "
    "wednesday welcome wells west white wild will winner winter wisdom wise wolf wood "
    "woods world worthy young "
    // Spanish
    "abril alba alegre amada amado amor ángel ángeles barrios blanca blanco bravo "
    "bueno calle campo campos candelaria caridad castillo consuelo corona cruz cuevas "
    "delgado encarnación esperanza estrella feliz flor flores fuentes gloria gracia "
    "guerra guerrero herrero hierro iglesias justo león leal libertad llano luna "
    "marina marinero mayor mercado milagros mina molina moreno nieves palacios pastor "
    "perla plaza prado puente puerta real remedios reyes ríos roca rojo rosa rosario "
    "rubio salvador santa santo santos sierra socorro soledad torre torres tierra "
    "trinidad valle verde victoria "
    // French
    "aimé aimée beau blanc blanche bois boucher boulanger brun céleste chevalier "
    "claire clément colline constance désiré dieudonné divin espérance étoile fleur "
    "fontaine forêt fortuné franc grâce grand gris hiver honoré innocente joie juste "
    "lion lumière maçon marchand marin mercredi moulin noël noir parfait petit pierre "
    "pont prospère prudent roche roux samedi tailleur travers vallée victoire "
    "vendredi "
    // Portuguese
    "branco conceição costa leão lobo mata paixão pedra pinheiro rocha serra "
    // Indonesian and Malay
    "bunga cahaya cinta damai hari indah intan kasih laut maju mawar melati merdeka "
    "mulia murni permata putih putra putri raja ratu setia suci surya timur utama "
    // Swahili, Kinyarwanda
    "amani bahati baraka furaha haki imani jumapili mapenzi neema rehema tumaini "
    "upendo uwezo amahoro ubuntu "
    // Turkish
    "barış bahar çelik demir deniz doğan güneş hayat ışık özgür sevgi toprak umut "
    "yıldız zafer "
    // Russian, Ukrainian
    "вера воля зима кузнец любовь мороз надежда победа роза слава сокол волк заяц "
    "віра надія любов "
    // Arabic
    "أمير إيمان بشرى جميل حرية حياة رحمة ربيع زهرة سلام سعيد شهيد صابر صالح صباح عادل "
    "عزيز كريم وردة وفاء ";

}  // namespace custos::vault::publish
