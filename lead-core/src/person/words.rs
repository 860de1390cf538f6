//! The words of functions, in lower case, in the languages of imprints and team pages.
//!
//! The labels are those that laws ask legal pages for (Germany's DDG § 5, France's LCEN art. 1-1, Spain's LSSI art. 10, the
//! registers of the other countries) and what such pages write in practice; the titles are those of team pages.

use crate::word_list::WordList;

/// Labels that announce a name so surely that no colon need stand between.
pub(super) const SURE: &str = "amministratore unico|dyrektor generalny|eigenaar|geschäftsführer|geschäftsführerin|\
    geschäftsführender gesellschafter|geschäftsführende gesellschafterin|gérant|gérante|inhaber|inhaberin|\
    legale rappresentante|prezes zarządu|rappresentante legale|reprezentowana przez|reprezentowany przez|\
    representada por|represented by|représenté par|représentée par|représentant légal|sócio-gerente|\
    toimitusjohtaja|verkställande direktör|vertegenwoordigd door|vertreten durch|\
    vertreten durch den geschäftsführer|vertreten durch die geschäftsführer|\
    vertreten durch die geschäftsführerin|vertreten durch den vorstand|vertreten durch den inhaber|\
    właściciel|właścicielka|zaakvoerder";

/// Labels that announce a name behind a colon, a dash, or on the next line: German, French, English, Italian, Spanish, Dutch,
/// Portuguese, Polish, those of the north.
pub(super) const LABELS: &str = "ansprechpartner|ansprechpartnerin|geschäftsführung|geschäftsleitung|gesellschafter|kontaktperson|leiter|\
    leiterin|praxisinhaber|praxisinhaberin|prokurist|prokuristin|verantwortlich|verantwortlicher|\
    vertretungsberechtigt|vertretungsberechtigter|vertretungsberechtigte|vorsitzender|vorstand|\
    vorstandsvorsitzender|directeur|directeur de la publication|directeur de publication|directeur général|\
    directrice|directrice de la publication|directrice générale|fondateur|fondatrice|président|présidente|\
    propriétaire|responsable|responsable de la publication|responsable de la rédaction|rédacteur en chef|\
    ceo|chairman|chief executive officer|co-founder|company secretary|contact name|contact person|director|\
    founder|general manager|legal representative|manager|managing director|office manager|owner|\
    owner/operator|owners|partner|president|principal|proprietor|vice president|amministratore|\
    amministratore delegato|direttore|direttore generale|direttore responsabile|direttore sanitario|\
    direttore tecnico|presidente|rappresentante|referente|responsabile|titolare|administrador|\
    administrador único|administradora|apoderado|directora|director general|directora general|gerente|\
    persona de contacto|presidenta|propietario|propietaria|representante legal|titular|algemeen directeur|\
    bestuurder|contactpersoon|directie|eigenaresse|mede-eigenaar|oprichter|verantwoordelijke uitgever|\
    voorzitter|diretor|diretor-geral|diretora|pessoa de contacto|proprietária|proprietário|responsável|\
    sócio|członek zarządu|dyrektor|kierownik|osoba do kontaktu|prezes|redaktor naczelny|wspólnik|\
    administrerende direktør|adm. direktør|ansvarig utgivare|daglig leder|direktør|eier|ejer|indehaver|\
    innehaver|omistaja|styreleder|vd|yhteyshenkilö|yrittäjä|ägare";

/// Words that titles of persons hold, and the first words of labels. One of them makes a line worth reading.
pub(super) static WORDS: WordList<1024> = WordList::new(
    "abogada|abogado|accountant|accountmanager|adm|administrador|administradora|administrateur|administrator|\
    administrerende|adviser|adviseur|advisor|advogada|advogado|adwokat|agent|algemeen|amministratore|\
    analyst|ansprechpartner|ansprechpartnerin|ansvarig|apoderado|architect|architecte|architekt|architektin|\
    architetto|arquitecto|arquiteto|arzt|asesor|asesora|assistant|assistante|assistent|assistentin|\
    assistenz|associate|associé|associée|asystent|asystentka|attorney|avocat|avocate|avvocato|berater|\
    beraterin|bestuurder|bookkeeper|broker|buchhaltung|buyer|carpenter|ceo|cfo|chair|chairman|chairwoman|\
    chef|chief|cmo|co-founder|co-owner|cofounder|comercial|commercial|commerciale|comptable|conseiller|\
    conseillère|consulente|consultant|consultor|consultora|contact|contactpersoon|coo|coordenador|\
    coordenadora|coordinador|coordinadora|coordinator|counsel|cto|członek|daglig|dentist|designer|developer|\
    directeur|directie|director|directora|directrice|direktor|direktør|diretor|diretor-geral|diretora|\
    direttore|direttrice|doradca|dyrektor|editor|eier|eigenaar|eigenaresse|ejer|empfang|engenheiro|engineer|\
    estimator|executive|fondateur|fondatore|fondatrice|foreman|founder|founders|fundador|fundadora|geometra|\
    gerente|geschäftsführender|geschäftsführende|geschäftsführer|geschäftsführerin|geschäftsführung|\
    geschäftsleitung|gesellschafter|gesellschafterin|gérant|gérante|handlowiec|head|hoofd|hygienist|\
    indehaver|ingenieur|ingénieur|inhaber|inhaberin|innehaver|instructor|jefa|jefe|kierownik|kontaktperson|\
    kundenberater|kundenberaterin|księgowa|lawyer|lead|leader|legal|legale|leiter|leiterin|leitung|manager|\
    managing|marketing|mede-eigenaar|medewerker|meister|meisterin|officer|omistaja|oprichter|osoba|owner|\
    owner/operator|owners|ordfører|paralegal|partner|persona|pessoa|photographer|physician|planner|\
    praxisinhaber|praxisinhaberin|president|presidenta|presidente|prezes|principal|professor|projectleider|\
    projektleiter|projektleiterin|prokurist|prokuristin|propietaria|propietario|proprietor|proprietária|\
    proprietário|propriétaire|przedstawiciel|président|présidente|psychologist|radca|rappresentante|realtor|\
    receptionist|rechtsanwalt|rechtsanwältin|redaktor|referente|representada|representante|representative|\
    represented|reprezentowana|reprezentowany|responsabile|responsable|responsável|représentant|représenté|\
    représentée|rédacteur|secretaria|secretary|secrétaire|segretaria|sekretariat|socia|socio|solicitor|\
    specialist|specjalista|steuerberater|steuerberaterin|styreleder|stylist|superintendent|supervisor|sócia|\
    sócio|sócio-gerente|teacher|technician|techniker|technikerin|therapist|titolare|titular|toimitusjohtaja|\
    trainer|treasurer|vd|vennoot|verantwoordelijke|verantwortlich|verantwortlicher|verkauf|verkställande|\
    vertegenwoordigd|vertreten|vertretungsberechtigt|vertretungsberechtigte|vertretungsberechtigter|\
    vertrieb|veterinarian|vice|voorzitter|vorsitzender|vorstand|vorstandsvorsitzender|vp|wspólnik|\
    właściciel|właścicielka|yhteyshenkilö|yrittäjä|zaakvoerder|zahnarzt|zahnärztin|ägare|ärztin",
);

/// Those of them that are no title on their own.
pub(super) static NO_TITLES: WordList<64> = WordList::new(
    "adm|lead|head|chair|founders|executive|contact|legal|legale|marketing|osoba|persona|pessoa|represented|representada|reprezentowana|\
    reprezentowany|représenté|représentée|verantwortlich|vertegenwoordigd|vertreten|vertrieb|verkauf|\
    commercial|comercial|commerciale",
);

/// Words of sentences and headings about persons.
pub(super) static SENTENCE: WordList<256> = WordList::new(
    "our|your|we|you|us|meet|ask|about|find|become|login|log|is|are|was|has|will|how|what|who|why|new|read|\
    more|unser|unsere|ihr|ihre|wir|sind|ist|notre|nos|votre|est|nuestro|nuestra|nostro|nostra|ons|onze|nasz|\
    nasi|program|portal|services|resources|to|from|this|that|search|hire|jobs|careers|needed|wanted|gesucht|\
    stellenangebot|m/w/d",
);
