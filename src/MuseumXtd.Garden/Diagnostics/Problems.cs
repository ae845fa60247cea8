namespace MuseumXtd.Garden;

/// <summary>
/// The catalogue of problems: one entry a code, with its severity, its words in both languages and a hint. Codes are never reused.
/// 01xx: files and their text; 02xx: front matter; 03xx: links; 04xx: facts; 05xx: tables; 09xx: the ontology folder.
/// </summary>
internal static class Problems
{
    public static Diagnostic FileTooLarge(string file, long bytes, int limit) => new(
        file, 0, 0, Severity.Error, "MXG0101",
        $"Le fichier fait {bytes} octets ; la limite est de {limit}. Il n’est pas lu.",
        $"The file has {bytes} bytes; the limit is {limit}. It is not read.",
        "Partagez la note, ou relevez la limite.",
        "Split the note, or raise the limit.");

    public static Diagnostic BinaryFile(string file) => new(
        file, 0, 0, Severity.Error, "MXG0102",
        "Le fichier contient des octets nuls : ce n’est pas du texte. Il n’est pas lu.",
        "The file holds zero bytes: it is not text. It is not read.",
        "Retirez le fichier du jardin, ou enregistrez-le comme texte UTF-8.",
        "Remove the file from the garden, or save it as UTF-8 text.");

    public static Diagnostic InvalidUtf8(string file, int line, int column) => new(
        file, line, column, Severity.Warning, "MXG0103",
        "Octets qui ne sont pas de l’UTF-8 ; ils sont remplacés par U+FFFD.",
        "Bytes that are not UTF-8; they are replaced by U+FFFD.",
        "Enregistrez le fichier en UTF-8.",
        "Save the file as UTF-8.");

    public static Diagnostic EmptyFile(string file) => new(
        file, 0, 0, Severity.Information, "MXG0104", "Le fichier est vide.", "The file is empty.", null, null);

    public static Diagnostic Unreadable(string file, string reason) => new(
        file, 0, 0, Severity.Error, "MXG0105",
        $"Le fichier ne peut pas être lu : {reason}", $"The file cannot be read: {reason}", null, null);

    public static Diagnostic MarkdownUnreadable(string file, string reason) => new(
        file, 0, 0, Severity.Error, "MXG0106",
        $"Le Markdown ne peut pas être lu : {reason} L’en-tête est gardé.",
        $"The Markdown cannot be read: {reason} The front matter is kept.",
        "Cherchez des listes, citations ou crochets imbriqués très profondément, ou des liens par milliers qui ne sont pas fermés.",
        "Check for very deeply nested lists, quotes or brackets, or for thousands of links that are not closed.");

    public static Diagnostic ControlCharacters(string file, int line, int column, int count) => new(
        file, line, column, Severity.Warning, "MXG0114",
        count == 1 ? "Un caractère de contrôle dans le texte ; il est remplacé par U+FFFD." : $"Un caractère de contrôle dans le texte, et {count - 1} autres plus bas ; ils sont remplacés par U+FFFD.",
        count == 1 ? "A control character in the text; it is replaced by U+FFFD." : $"A control character in the text, and {count - 1} more below; they are replaced by U+FFFD.",
        "Effacez-le : on ne le voit pas, mais il vient avec du texte copié ou un enregistrement interrompu.",
        "Delete it: it is not seen, but comes with copied text or a save that was cut short.");

    public static Diagnostic LongParagraph(string file, int line, int column, int length, int longest) => new(
        file, line, column, Severity.Warning, "MXG0115",
        $"Ce paragraphe a {length} caractères ; il est lu par parties de {longest} au plus, chacune comme un paragraphe.",
        $"This paragraph has {length} characters; it is read in parts of at most {longest}, each as a paragraph.",
        "Laissez une ligne vide entre les paragraphes.",
        "Leave an empty line between paragraphs.");

    public static Diagnostic TooManyThings(string file, int line, int column, int limit) => new(
        file, line, column, Severity.Error, "MXG0116",
        $"Plus de {limit} choses sont nommées dans cette note ; à partir d’ici, rien n’est plus reconnu.",
        $"More than {limit} things are named in this note; from here on, nothing more is recognised.",
        "Partagez la note, ou mettez-les dans un tableau .csv, une ligne par chose.",
        "Split the note, or put them into a .csv table, a row for each thing.");

    public static Diagnostic RootMissing(string root) => new(
        root, 0, 0, Severity.Error, "MXG0107",
        "Ce dossier ou ce fichier n’existe pas.", "This folder or file does not exist.", null, null);

    public static Diagnostic Stale(string file) => new(
        file, 0, 0, Severity.Warning, "MXG0108",
        "La note n’est plus lisible en entier ; elle est servie dans son dernier état lisible.",
        "The note can no longer be read as a whole; it is served as it last could.",
        "Corrigez les autres problèmes de ce fichier.",
        "Correct the other problems of this file.");

    public static Diagnostic LongName(string file, int line, int column, int length) => new(
        file, line, column, Severity.Warning, "MXG0109",
        $"Ce nom a {length} caractères : c’est sans doute un paragraphe devenu titre.",
        $"This name has {length} characters: most likely a paragraph that became a heading.",
        "Passez à la ligne et laissez une ligne vide après le titre.",
        "Put a line break and an empty line behind the heading.");

    public static Diagnostic LongValue(string file, int line, int column, int length) => new(
        file, line, column, Severity.Warning, "MXG0109",
        $"Cette valeur a {length} caractères : c’est sans doute du texte, pas un nom.",
        $"This value has {length} characters: most likely it is prose, not a name.",
        "Écrivez ici un nom, un lieu ou une date ; le texte va sous l’en-tête, ou dans « description ».",
        "Write a name, a place or a date here; prose goes below the front matter, or into 'description'.");

    public static Diagnostic LongEntry(string file, int line, int column, int length) => new(
        file, line, column, Severity.Warning, "MXG0109",
        $"Ce nom a {length} caractères : c’est sans doute toute une phrase.",
        $"This name has {length} characters: most likely it is a whole sentence.",
        "Ne marquez que les quelques mots qui nomment la chose ; le reste va derrière.",
        "Mark only the few words that name the thing; the rest goes behind them.");

    public static Diagnostic CircularFolder(string folder) => new(
        folder, 0, 0, Severity.Information, "MXG0110",
        "Ce lien symbolique mène à un dossier qui est déjà lu ; il n’est pas suivi.",
        "This symbolic link leads to a folder that is read already; it is not followed.",
        null,
        null);

    public static Diagnostic SameName(string path) => new(
        path, 0, 0, Severity.Error, "MXG0111",
        "Deux fichiers portent ce nom, l’un avec des lettres accentuées, l’autre avec des accents à part ; le second n’est pas lu.",
        "Two files have this name, one with accented letters, the other with accents that stand apart; the second is not read.",
        "Renommez l’un des deux, ou supprimez-le.",
        "Rename one of them, or delete it.");

    public static Diagnostic BlockNotClosed(string file, int line, int column, string opening, string closing) => new(
        file, line, column, Severity.Warning, "MXG0112",
        $"« {opening} » ouvre ici ce que rien ne ferme : tout ce qui suit n’est ni lu ni montré comme du texte.",
        $"'{opening}' opens here what nothing closes: all that follows is neither read nor shown as text.",
        $"Ajoutez « {closing} » là où le texte reprend.",
        $"Add '{closing}' where the text goes on.");

    public static Diagnostic RecognitionFailed(string file, string error, string where) => new(
        file, 0, 0, Severity.Error, "MXG0113",
        $"Une erreur du programme ({error}, {where}) a mis fin à la lecture de ce fichier ; rien n’y est reconnu.",
        $"An error of the program ({error}, {where}) ended the reading of this file; nothing is recognised in it.",
        "Signalez-la avec le fichier. En attendant, partagez-le, ou mettez « reconnaissance: non » dans l’en-tête de la note.",
        "Report it together with the file. Until then split it, or put 'recognition: no' into the front matter of the note.");

    /// <summary>Whether a problem means that a part of the file, and not just a value, could not be read.</summary>
    public static bool IsBreaking(Diagnostic problem) =>
        problem.Code is "MXG0101" or "MXG0102" or "MXG0105" or "MXG0106" or "MXG0113" or "MXG0116" or "MXG0201" or "MXG0202" or "MXG0501" or "MXG0503";

    public static Diagnostic YamlUnreadable(string file, int line, int column, string reason) => new(
        file, line, column, Severity.Warning, "MXG0201",
        $"L’en-tête n’est pas du YAML valable : {reason} Il est lu ligne par ligne.",
        $"The front matter is not valid YAML: {reason} It is read line by line.",
        "Mettez entre guillemets les valeurs qui contiennent « : », « # », « ? » ou des crochets.",
        "Quote values that hold ':', '#', '?' or brackets.");

    public static Diagnostic FrontMatterUnclosed(string file) => new(
        file, 1, 1, Severity.Warning, "MXG0202",
        "L’en-tête n’est pas fermé par « --- » ; il est lu comme du texte.",
        "The front matter is not closed by '---'; it is read as text.",
        "Mettez « --- » seul sur une ligne après la dernière clé.",
        "Put '---' on a line of its own after the last key.");

    public static Diagnostic UnknownConcept(string file, int line, int column, string key, string value, string? nearest) => new(
        file, line, column, Severity.Warning, "MXG0203",
        $"« {Short(value)} » n’est pas une valeur connue de « {key} ».",
        $"'{Short(value)}' is not a known value of '{key}'.",
        nearest is null ? null : $"Vouliez-vous dire « {nearest} » ?",
        nearest is null ? null : $"Did you mean '{nearest}'?");

    public static Diagnostic UnknownPlace(string file, int line, int column, string value, string? nearestFr, string? nearestEn, bool isTaken) => new(
        file, line, column, Severity.Warning, "MXG0204",
        $"Le lieu « {Short(value)} » n’est pas dans le répertoire des lieux{(isTaken ? $" ; « {nearestFr} » est compris" : "")}.",
        $"The place '{Short(value)}' is not in the gazetteer{(isTaken ? $"; it is taken for '{nearestEn}'" : "")}.",
        nearestFr is null ? "Écrivez le nom d’un pays ou d’une région, ou un code ISO 3166." : $"Vouliez-vous dire « {nearestFr} » ?",
        nearestEn is null ? "Write the name of a country or region, or an ISO 3166 code." : $"Did you mean '{nearestEn}'?");

    public static Diagnostic BadDate(string file, int line, int column, string key, string value) => new(
        file, line, column, Severity.Warning, "MXG0205",
        $"« {Short(value)} » n’est pas une date (« {key} »).",
        $"'{Short(value)}' is not a date ('{key}').",
        "Écrivez AAAA, AAAA-MM ou AAAA-MM-JJ.",
        "Write YYYY, YYYY-MM or YYYY-MM-DD.");

    public static Diagnostic BadPeriod(string file, int line, int column, string key, string value) => new(
        file, line, column, Severity.Warning, "MXG0205",
        $"« {Short(value)} » n’est ni une année ni une période (« {key} »).",
        $"'{Short(value)}' is neither a year nor a period ('{key}').",
        "Écrivez 2020, 2019-2021, depuis 2020, ou debut et fin.",
        "Write 2020, 2019-2021, since 2020, or start and end.");

    public static Diagnostic PeriodReadInPart(string file, int line, int column, string key, string value, string read) => new(
        file, line, column, Severity.Warning, "MXG0205",
        $"De « {Short(value)} » (« {key} ») seul « {read} » est lu.",
        $"Of '{Short(value)}' ('{key}') only '{read}' is read.",
        "Écrivez 2020, 2019-2021, 2020-05/2021-06, depuis 2020, ou debut et fin.",
        "Write 2020, 2019-2021, 2020-05/2021-06, since 2020, or start and end.");

    private static string Short(string value) => value.Length <= 100 ? value : value[..100] + "…";

    public static Diagnostic BadIri(string file, int line, int column, string key, string value) => new(
        file, line, column, Severity.Warning, "MXG0206",
        $"« {Short(value)} » n’est pas une adresse (« {key} »).",
        $"'{Short(value)}' is not an address ('{key}').",
        "Écrivez une adresse entière, qui commence par https://.",
        "Write a whole address, beginning with https://.");

    public static Diagnostic BadIdentifier(string file, int line, int column, string key, string value, string? example) => new(
        file, line, column, Severity.Warning, "MXG0206",
        $"« {Short(value)} » n’est pas un identifiant (« {key} »).",
        $"'{Short(value)}' is not an identifier ('{key}').",
        example is null ? null : $"Écrivez-le tel que le référentiel l’écrit, comme « {example} », ou par l’adresse que le référentiel lui donne.",
        example is null ? null : $"Write it as the authority does, such as '{example}', or the address that the authority gives it.");

    public static Diagnostic UnquotedWikilink(string file, int line, int column) => new(
        file, line, column, Severity.Warning, "MXG0207",
        "Un lien wiki sans guillemets dans l’en-tête est lu par YAML comme une liste.",
        "An unquoted wikilink in the front matter is a list to YAML.",
        "Écrivez \"[[...]]\" entre guillemets.",
        "Write \"[[...]]\" in quotes.");

    public static Diagnostic SecondFrontMatter(string file, int line) => new(
        file, line, 1, Severity.Warning, "MXG0208",
        "Un second en-tête suit le premier ; il est lu comme du texte.",
        "A second front matter follows the first; it is read as text.",
        "Réunissez les deux entre une seule paire de « --- ».",
        "Join both between one pair of '---'.");

    public static Diagnostic LateFrontMatter(string file, int line) => new(
        file, line, 1, Severity.Warning, "MXG0216",
        "L’en-tête ne commence pas à la première ligne ; il est lu comme du texte.",
        "The front matter does not begin on the first line; it is read as text.",
        "Enlevez les espaces et les lignes vides avant le premier « --- ».",
        "Remove the spaces and empty lines before the first '---'.");

    public static Diagnostic NoSpaceAfterKey(string file, int line, int column, string key, string value) => new(
        file, line, column, Severity.Warning, "MXG0209",
        $"Il manque une espace après « {key}: » ; l’en-tête est lu ligne par ligne.",
        $"There is no space after '{key}:'; the front matter is read line by line.",
        $"Vouliez-vous dire « {key}: {value} » ?",
        $"Did you mean '{key}: {value}'?");

    public static Diagnostic MisspeltKey(string file, int line, int column, string key, string? nearest) => new(
        file, line, column, Severity.Warning, "MXG0210",
        $"La clé « {Short(key)} » n’est pas connue ; sa valeur n’est pas lue.",
        $"The key '{Short(key)}' is not known; its value is not read.",
        nearest is null ? null : $"Vouliez-vous dire « {nearest} » ?",
        nearest is null ? null : $"Did you mean '{nearest}'?");

    public static Diagnostic NoKey(string file, int line, int column, string text) => new(
        file, line, column, Severity.Warning, "MXG0210",
        $"« {Short(text)} » n’est pas une clé avec sa valeur ; rien n’en est lu.",
        $"'{Short(text)}' is not a key with its value; nothing is read of it.",
        "Écrivez une clé, deux-points, puis ses valeurs.",
        "Write a key, a colon, then its values.");

    public static Diagnostic YamlAlias(string file, int line, int column, string name) => new(
        file, line, column, Severity.Warning, "MXG0211",
        $"« *{name} » renvoie à une autre valeur de l’en-tête ; les renvois ne sont pas suivis.",
        $"'*{name}' refers to another value of the front matter; references are not followed.",
        "Écrivez la valeur elle-même ; entre guillemets si elle commence par un astérisque.",
        "Write the value itself; quote it if it begins with an asterisk.");

    public static Diagnostic TooManyValues(string file, int line, int column, int limit) => new(
        file, line, column, Severity.Error, "MXG0213",
        $"Plus de {limit} valeurs ; celles à partir d’ici ne sont pas lues.",
        $"More than {limit} values; those from here on are not read.",
        "Mettez-les dans un tableau .csv, une ligne par chose.",
        "Put them into a .csv table, a row for each thing.");

    public static Diagnostic DuplicateKey(string file, int line, int column, string key) => new(
        file, line, column, Severity.Warning, "MXG0212",
        $"La clé « {key} » est déjà donnée plus haut ; des deux, le site n’accepte qu’une.",
        $"The key '{key}' is given further up already; the site accepts only one of the two.",
        "Réunissez-les en une liste : clé: [a, b].",
        "Join them in a list: key: [a, b].");

    public static Diagnostic FrontMatterNotRead(string file, int line, int column, Notes.UnreadPart part)
    {
        var (french, english) = part switch
        {
            Notes.UnreadPart.NoKeys => ("l’en-tête n’est pas fait de clés avec leurs valeurs.", "the front matter is not made of keys with their values."),
            Notes.UnreadPart.SecondDocument => ("« ... » ou « --- » a mis fin à l’en-tête avant cette ligne.", "'...' or '---' ended the front matter before this line."),
            Notes.UnreadPart.Key => ("ce qui devrait être une clé est une liste ou d’autres clés.", "what should be a key is a list, or other keys."),
            Notes.UnreadPart.KeysInList => ("une liste ne contient ici que des mots, pas de clés.", "a list holds words here, no keys."),
            Notes.UnreadPart.KeysInValue => ("la clé attend une valeur ou une liste de valeurs, pas d’autres clés.", "the key wants a value or a list of values, no other keys."),
            _ => ("les clés sont imbriquées trop profondément.", "the keys nest too deeply."),
        };
        return new(
            file, line, column, Severity.Warning, "MXG0214",
            $"Cette partie de l’en-tête n’est pas lue : {french}",
            $"This part of the front matter is not read: {english}",
            "Écrivez une clé, deux-points, puis une valeur ou une liste de valeurs. Une valeur qui contient « : » se met entre guillemets.",
            "Write a key, a colon, then a value or a list of values. Quote a value that holds ': '.");
    }

    public static Diagnostic UnfilledTemplate(string file, int line, int column, string value) => new(
        file, line, column, Severity.Warning, "MXG0215",
        $"« {Short(value)} » est une place laissée par un modèle, pas une valeur ; rien n’en est lu.",
        $"'{Short(value)}' is a place that a template left open, not a value; nothing is read of it.",
        "Écrivez la valeur, ou videz la clé. Insérez le modèle par la commande de l’éditeur, qui le remplit, au lieu de copier le fichier.",
        "Write the value, or leave the key empty. Insert the template by the editor's command, which fills it in, instead of copying the file.");

    public static Diagnostic SampleSentence(string file, int line, int column, string words) => new(
        file, line, column, Severity.Warning, "MXG0215",
        $"« {Short(words)} » dit ce que le modèle attend ici ; rien n’en est lu.",
        $"'{Short(words)}' says what the template wants here; nothing is read of it.",
        "Écrivez votre phrase à la place, ou effacez-la.",
        "Write your own sentence in its place, or delete it.");

    public static Diagnostic NearOrganisation(string file, int line, int column, string name, string known) => new(
        file, line, column, Severity.Information, "MXG0405",
        $"« {name} » n’est nommé qu’ici, et ressemble à « {known} ».",
        $"'{name}' is named only here, and resembles '{known}'.",
        $"Vouliez-vous dire « {known} » ? Si ce sont deux organisations, il n’y a rien à faire.",
        $"Did you mean '{known}'? If they are two, nothing needs to be done.");

    public static Diagnostic CircularNavigation(string file, int line, int column, string key) => new(
        file, line, column, Severity.Warning, "MXG0306",
        $"En remontant depuis « {key} », les parents reviennent à cette note.",
        $"Going up from '{key}', the parents lead back to this note.",
        "Donnez à l’une d’elles un autre parent.",
        "Give one of them another parent.");

    public static Diagnostic DanglingLink(string file, int line, int column, string target, string? nearest) => new(
        file, line, column, Severity.Warning, "MXG0301",
        $"Le lien « {Short(target)} » ne mène à aucune note.",
        $"The link '{Short(target)}' leads to no note.",
        nearest is null ? null : $"Vouliez-vous dire « {nearest} » ?",
        nearest is null ? null : $"Did you mean '{nearest}'?");

    public static Diagnostic UnclosedWikilink(string file, int line, int column) => new(
        file, line, column, Severity.Warning, "MXG0302",
        "Lien wiki mal formé : il n’est pas fermé par « ]] » sur la même ligne.",
        "Malformed wikilink: it is not closed by ']]' on the same line.",
        "Écrivez [[cible]] ou [[cible|texte]].",
        "Write [[target]] or [[target|label]].");

    public static Diagnostic TrackingParameters(string file, int line, int column, string host) => new(
        file, line, column, Severity.Information, "MXG0303",
        $"Le lien vers {host} porte des paramètres de suivi ; ils sont enlevés.",
        $"The link to {host} has tracking parameters; they are removed.",
        "Enlevez utm_*, _ga, _gl, fbclid et semblables du lien.",
        "Remove utm_*, _ga, _gl, fbclid and the like from the link.");

    public static Diagnostic AmbiguousLink(string file, int line, int column, string target, string chosen) => new(
        file, line, column, Severity.Information, "MXG0304",
        $"Plusieurs notes portent le nom « {target} » ; « {chosen} » est prise.",
        $"Several notes have the name '{target}'; '{chosen}' is taken.",
        "Écrivez le chemin dans le lien.",
        "Write the path in the link.");

    public static Diagnostic LinkToDraft(string file, int line, int column, string target) => new(
        file, line, column, Severity.Warning, "MXG0305",
        $"Le lien « {target} » mène à un brouillon, qui n’est pas publié.",
        $"The link '{target}' leads to a draft, which is not published.",
        null,
        null);

    public static Diagnostic DuplicateId(string file, int line, int column, string id, string other) => new(
        file, line, column, Severity.Error, "MXG0401",
        $"L’identifiant « {id} » est déjà donné dans {other} à autre chose.",
        $"The identifier '{id}' is already given to something else in {other}.",
        "Donnez à chaque chose son propre identifiant.",
        "Give each thing an identifier of its own.");

    public static Diagnostic EndBeforeStart(string file, int line, int column, string words) => new(
        file, line, column, Severity.Warning, "MXG0402",
        $"La fin précède le début : « {words} ».",
        $"The end is before the start: '{words}'.", null, null);

    public static Diagnostic Contradiction(
        string file, int line, int column, string name, string field, string here, string there, string otherFile) => new(
        file, line, column, Severity.Information, "MXG0403",
        $"{name} : « {here} » ici, « {there} » dans {otherFile} ({field}).",
        $"{name}: '{here}' here, '{there}' in {otherFile} ({field}).",
        "Les deux sont gardés ; corrigez celui qui est faux.",
        "Both are kept; correct the one that is wrong.");

    public static Diagnostic BadId(string file, int line, int column, string value, string slug) => new(
        file, line, column, Severity.Warning, "MXG0404",
        $"« {value} » ne peut pas être un identifiant ; « {slug} » est pris.",
        $"'{value}' cannot be an identifier; '{slug}' is taken.",
        "Utilisez des minuscules de a à z, des chiffres et des traits d’union.",
        "Use lower-case letters a to z, digits and hyphens.");

    public static Diagnostic CircularParts(string file, int line, int column, string part, string whole) => new(
        file, line, column, Severity.Warning, "MXG0406",
        part == whole ? $"« {part} » fait partie de soi-même." : $"« {part} » fait partie de « {whole} », qui fait à son tour partie de « {part} ».",
        part == whole ? $"'{part}' is part of itself." : $"'{part}' is part of '{whole}', which in turn is part of '{part}'.",
        "Enlevez celui des liens qui est faux.",
        "Remove the link that is wrong.");

    public static Diagnostic CircularSuccession(string file, int line, int column, string after, string before) => new(
        file, line, column, Severity.Warning, "MXG0406",
        after == before ? $"« {after} » se succède à soi-même." : $"« {after} » succède à « {before} », qui succède à son tour à « {after} ».",
        after == before ? $"'{after}' succeeds itself." : $"'{after}' succeeds '{before}', which in turn succeeds '{after}'.",
        "Enlevez celui des liens qui est faux.",
        "Remove the link that is wrong.");

    public static Diagnostic ReplacedIdentifier(string file, int line, int column, string name, string id, string now, string given) => new(
        file, line, column, Severity.Warning, "MXG0407",
        id == given
            ? $"« {name} » a l’identifiant « {id} », que « identities.csv » dit remplacé par « {now} » : son adresse mène à l’autre chose."
            : $"« {name} » est ici une chose à part, mais « identities.csv » dit « {id} » remplacé par « {now} » ; elle reçoit « {given} ».",
        id == given
            ? $"'{name}' has the identifier '{id}', which 'identities.csv' says to be replaced by '{now}': its address leads to the other thing."
            : $"'{name}' is a thing of its own here, but 'identities.csv' says that '{id}' is replaced by '{now}'; it is given '{given}'.",
        "Si c’est la même chose, écrivez son nom parmi les « aliases » de l’autre ; sinon, enlevez la ligne du tableau.",
        "If it is the same thing, write its name among the 'aliases' of the other; if not, remove the row from the table.");

    public static Diagnostic IdentityRow(string file, int line, int column, string french, string english) => new(
        file, line, column, Severity.Warning, "MXG0408",
        $"Cette ligne ne fige aucun identifiant : {french}",
        $"This row freezes no identifier: {english}", null, null);

    public static Diagnostic IdentityTableElsewhere(string file) => new(
        file, 0, 0, Severity.Warning, "MXG0408",
        "Ce tableau ne fige aucun identifiant : il n’est lu qu’à la racine du jardin, sous le nom « identities.csv ».",
        "This table freezes no identifiers: it is read at the top of the garden only, with the name 'identities.csv'.",
        "Mettez ses lignes dans le tableau à la racine.",
        "Put its rows into the table at the top.");

    public static Diagnostic IdentityTableUntitled(string file) => new(
        file, 1, 1, Severity.Error, "MXG0501",
        "Le tableau ne peut pas être lu : sa première ligne ne nomme pas les colonnes « type » et « id ».",
        "The table cannot be read: its first row does not name the columns 'type' and 'id'.",
        "Écrivez type,id,name,path,replaced-by.",
        "Write type,id,name,path,replaced-by.");

    public static Diagnostic TableUnreadable(string file, int line, string reason) => new(
        file, line, 0, Severity.Error, "MXG0501",
        $"Le tableau ne peut pas être lu à partir d’ici : {reason}",
        $"The table cannot be read from here on: {reason}", null, null);

    public static Diagnostic RowTooLong(string file, int line, int column, int rows) => new(
        file, line, column, Severity.Warning, "MXG0502",
        rows == 1 ? "La ligne a plus de cellules que la première ; celles en trop ne sont pas lues."
            : $"La ligne, et {rows - 1} autres plus bas, ont plus de cellules que la première ; celles en trop ne sont pas lues.",
        rows == 1 ? "The row has more cells than the first one; those too many are not read."
            : $"The row, and {rows - 1} more below, have more cells than the first one; those too many are not read.",
        "Mettez entre guillemets une valeur qui contient le séparateur.",
        "Quote a value that holds the separator.");

    public static Diagnostic TableTooLarge(string file, int line, int rows, int cells) => new(
        file, line, 0, Severity.Error, "MXG0503",
        $"Plus de {rows} lignes, ou de {cells} cellules ; le tableau n’est pas lu à partir d’ici.",
        $"More than {rows} rows, or {cells} cells; the table is not read from here on.",
        "Partagez le tableau en plusieurs fichiers.",
        "Split the table into several files.");

    public static Diagnostic OntologyMissing(string directory) => new(
        directory, 0, 0, Severity.Error, "MXG0901",
        "Le dossier de l’ontologie manque : ni vocabulaire, ni lieux, ni phrases.",
        "The ontology folder is missing: no vocabulary, places or phrases.",
        "Nommez le dossier dans les options.",
        "Name the folder in the options.");

    public static Diagnostic OntologyUnreadable(string file, int line, int column, string reason) => new(
        "ontology/" + file, line, column, Severity.Error, "MXG0902",
        $"Fichier de l’ontologie illisible : {reason}", $"Unreadable file of the ontology: {reason}", null, null);
}
