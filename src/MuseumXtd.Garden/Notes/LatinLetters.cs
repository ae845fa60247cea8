using System.Collections.Frozen;
using System.Text;

namespace MuseumXtd.Garden.Notes;

/// <summary>
/// Canonical composition and decomposition of Latin letters (Unicode Standard Annex 15), from a table: the runtime does not normalise in its
/// culture-invariant mode, and what a garden means must not depend on a machine's settings.
/// </summary>
internal static class LatinLetters
{
    // Per combining mark: pairs of a composed letter and its base.
    private static readonly (string Mark, string Pairs)[] Table =
    [
        ("\u0300", "ÀAÈEÌIÒOÙUàaèeìiòoùuǛÜǜüǸNǹnḔĒḕēṐŌṑōẀWẁwẦÂầâẰĂằăỀÊềêỒÔồôỜƠờơỪƯừưỲYỳy"),
        ("\u0301", "ÁAÉEÍIÓOÚUÝYáaéeíióoúuýyĆCćcĹLĺlŃNńnŔRŕrŚSśsŹZźzǗÜǘüǴGǵgǺÅǻåǼÆǽæǾØǿøḈÇḉçḖĒḗēḮÏḯïḰKḱkḾMḿmṌÕṍõṒŌṓōṔPṕpṸŨṹũẂWẃwẤÂấâẮĂắăẾÊếêỐÔốôỚƠớơỨƯứư"),
        ("\u0302", "ÂAÊEÎIÔOÛUâaêeîiôoûuĈCĉcĜGĝgĤHĥhĴJĵjŜSŝsŴWŵwŶYŷyẐZẑzẬẠậạỆẸệẹỘỌộọ"),
        ("\u0303", "ÃAÑNÕOãañnõoĨIĩiŨUũuṼVṽvẪÂẫâẴĂẵăẼEẽeỄÊễêỖÔỗôỠƠỡơỮƯữưỸYỹy"),
        ("\u0304", "ĀAāaĒEēeĪIīiŌOōoŪUūuǕÜǖüǞÄǟäǠȦǡȧǢÆǣæǬǪǭǫȪÖȫöȬÕȭõȰȮȱȯȲYȳyḠGḡgḸḶḹḷṜṚṝṛ"),
        ("\u0306", "ĂAăaĔEĕeĞGğgĬIĭiŎOŏoŬUŭuḜȨḝȩẶẠặạ"),
        ("\u0307", "ĊCċcĖEėeĠGġgİIŻZżzȦAȧaȮOȯoḂBḃbḊDḋdḞFḟfḢHḣhṀMṁmṄNṅnṖPṗpṘRṙrṠSṡsṤŚṥśṦŠṧšṨṢṩṣṪTṫtẆWẇwẊXẋxẎYẏyẛſ"),
        ("\u0308", "ÄAËEÏIÖOÜUäaëeïiöoüuÿyŸYḦHḧhṎÕṏõṺŪṻūẄWẅwẌXẍxẗt"),
        ("\u0309", "ẢAảaẨÂẩâẲĂẳăẺEẻeỂÊểêỈIỉiỎOỏoỔÔổôỞƠởơỦUủuỬƯửưỶYỷy"),
        ("\u030A", "ÅAåaŮUůuẘwẙy"),
        ("\u030B", "ŐOőoŰUűu"),
        ("\u030C", "ČCčcĎDďdĚEěeĽLľlŇNňnŘRřrŠSšsŤTťtŽZžzǍAǎaǏIǐiǑOǒoǓUǔuǙÜǚüǦGǧgǨKǩkǮƷǯʒǰjȞHȟh"),
        ("\u030F", "ȀAȁaȄEȅeȈIȉiȌOȍoȐRȑrȔUȕu"),
        ("\u0311", "ȂAȃaȆEȇeȊIȋiȎOȏoȒRȓrȖUȗu"),
        ("\u031B", "ƠOơoƯUưu"),
        ("\u0323", "ḄBḅbḌDḍdḤHḥhḲKḳkḶLḷlṂMṃmṆNṇnṚRṛrṢSṣsṬTṭtṾVṿvẈWẉwẒZẓzẠAạaẸEẹeỊIịiỌOọoỢƠợơỤUụuỰƯựưỴYỵy"),
        ("\u0324", "ṲUṳu"),
        ("\u0325", "ḀAḁa"),
        ("\u0326", "ȘSșsȚTțt"),
        ("\u0327", "ÇCçcĢGģgĶKķkĻLļlŅNņnŖRŗrŞSşsŢTţtȨEȩeḐDḑdḨHḩh"),
        ("\u0328", "ĄAąaĘEęeĮIįiŲUųuǪOǫo"),
        ("\u032D", "ḒDḓdḘEḙeḼLḽlṊNṋnṰTṱtṶUṷu"),
        ("\u032E", "ḪHḫh"),
        ("\u0330", "ḚEḛeḬIḭiṴUṵu"),
        ("\u0331", "ḆBḇbḎDḏdḴKḵkḺLḻlṈNṉnṞRṟrṮTṯtẔZẕzẖh"),
    ];

    // All composed letters come before it.
    private const char End = '\u1F00';

    // By letter: base and mark, or zeros.
    private static readonly (char Base, char Mark)[] Decomposed = BuildDecomposed();

    // By base and mark in one number: a pair of characters would be made objects to be looked up, and notes have many such pairs.
    private static readonly FrozenDictionary<int, char> Composed =
        Enumerable.Range(0, End).Where(letter => Decomposed[letter].Mark != 0).ToFrozenDictionary(letter => Key(Decomposed[letter].Base, Decomposed[letter].Mark), letter => (char)letter);

    /// <summary>The base letter without any marks.</summary>
    public static char Base(char letter)
    {
        while (letter is >= '\u00C0' and < End && Decomposed[letter] is (var parent, not '\0'))
        {
            letter = parent;
        }

        return letter;
    }

    /// <summary>Whether a character is a combining mark that the table knows the block of.</summary>
    public static bool IsMark(char c) => c is >= '\u0300' and <= '\u036F';

    /// <summary>The text with base letters and marks composed; the same instance when there is nothing to compose.</summary>
    public static string Compose(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u0300', '\u036F'))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (IsMark(c) && result.Length > 0 && Composed.TryGetValue(Key(result[^1], c), out var composed))
            {
                result[^1] = composed;
            }
            else
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    private static int Key(char letter, char mark) => (letter << 16) | mark;

    private static (char, char)[] BuildDecomposed()
    {
        var result = new (char, char)[End];
        foreach (var (mark, pairs) in Table)
        {
            for (var i = 0; i < pairs.Length; i += 2)
            {
                result[pairs[i]] = (pairs[i + 1], mark[0]);
            }
        }

        return result;
    }
}
