"""What the sentence after says of the same works, and which measure of a layer a figure is."""

import pytest
from reading_of_texts import figures

SAME_WORKS = [
    (
        "В селе Ленинское Павлодарской области сдали водопровод. Длина уличных сетей – 11 км, мощность насосной "
        "станции – 600 кубометров в сутки.",
        [(11, "water.pipeline_length", "actual"), (600, "water.capacity", "actual")],
    ),
    (
        "В Жетысуской области газифицировали посёлок Сарыозек. Уличные сети растянулись на 46 километров.",
        [(46, "gas.pipeline_length", "actual")],
    ),
    (  # the homes that are counted are no other subject
        "В ауле Акбулак Туркестанской области заработал водопровод. К нему подключились 410 дворов. Строительство "
        "обошлось бюджету в 1,3 млрд тенге.",
        [(410, "water.households", "actual"), (1.3e9, "water.investment", "actual")],
    ),
    (
        "Водовод в Актюбинской области строят с прошлого года. Проложено 58 километров.",
        [(58, "water.pipeline_length", "actual")],
    ),
    (
        "Оптику в Абайской области тянут к 72 сёлам. Проложить предстоит 1 900 километров кабеля.",
        [(72, "internet.settlements_fibre", "underway"), (1900, "internet.fibre_length", "planned")],
    ),
    (
        "Вода пришла в Саумалколь СКО. Для этого построили 88-километровый водовод и три резервуара.",
        [(88, "water.pipeline_length", "actual")],
    ),
    (
        "Жамбыл облысының Мерке ауылында суқұбыры іске қосылды. Көше желілерінің ұзындығы – 21,5 шақырым, қуаты "
        "тәулігіне 900 текше метр станса да салынды.",
        [(21.5, "water.pipeline_length", "actual"), (900, "water.capacity", "actual")],
    ),
    (
        "Ақтөбе облысында су құбырының құрылысы жүріп жатыр. Бүгінде 63 шақырым тартылды.",
        [(63, "water.pipeline_length", "actual")],
    ),
    (
        "Ұлытау облысының ауылдарына талшықты-оптикалық желі тартылды. Учаскенің ұзындығы – 121 шақырым.",
        [(121, "internet.fibre_length", "actual")],
    ),
    (
        "Қызылорда облысында жаңа су алу құрылысы салынды. Қуаты – тәулігіне 3 500 текше метр.",
        [(3500, "water.capacity", "actual")],
    ),
    (  # what a later clause tells with a number of its own is not told of this one
        "Таразда индустриялық аймақ жұмыс істейді. Онда 640 адам еңбек етеді, орташа жалақы – 290 мың теңге.",
        [(640, "industry.jobs", "actual")],
    ),
    (
        "Тараздағы индустриялық аймақ кеңейеді. Аймақтың желілері мен жолдарына 2,1 млрд теңге бөлінді.",
        [(2.1e9, "industry.investment", "actual")],
    ),
]
SATELLITES = [
    (
        "Пять школ области Улытау, до которых кабель не дотянуть, перевели на спутниковую связь.",
        [(5, "internet.schools_satellite", "actual")],
    ),
    (
        "К интернету подключили 11 школ Актюбинской области, связь здесь идёт через терминалы Starlink.",
        [(11, "internet.schools_satellite", "actual")],
    ),
    (
        "Ақтөбе облысында 11 мектеп интернетке қосылды, мұнда OneWeb терминалдары қойылған.",
        [(11, "internet.schools_satellite", "actual")],
    ),
    (  # the others'
        "Абай облысында 42 мектеп интернетке қосылды, қалғандары жерсерікпен жұмыс істейді.",
        [(42, "internet.schools", "actual")],
    ),
    (
        "В СКО из 472 школ скоростной интернет есть в 455, остальные 17 работают через спутниковые терминалы.",
        [(455, "internet.schools", "actual"), (17, "internet.schools_satellite", "actual")],
    ),
]
MASTS = [
    (
        "Катонқарағай ауданына байланыс келді. Жеті мұнара орнатылып, 12 ауыл қамтылды.",
        [(7, "internet.masts", "actual"), (12, "internet.settlements_mobile", "actual")],
    ),
    (
        "Связь пришла в горы ВКО. Установлено семь вышек, охвачено 12 сёл.",
        [(7, "internet.masts", "actual"), (12, "internet.settlements_mobile", "actual")],
    ),
    (
        "Четвёртое поколение связи доступно в 173 сёлах ВКО.",
        [(173, "internet.settlements_4g", "actual")],
    ),
    ("ШҚО-ның 97 ауылында үшінші буын байланысы бар.", [(97, "internet.settlements_3g", "actual")]),
]
NEW_OR_ALL = [
    (
        "Өңір бойынша 88 ауыл газдандырылып, тұрғындардың 64 пайызы көгілдір отынмен қамтылды.",
        [(88, "gas.settlements", "actual"), (64, "gas.population_share", "actual")],
    ),
    (
        "Облыста 145 елді мекен көгілдір отынға қосылып, қамту көрсеткіші 81 пайызға жетті.",
        [(145, "gas.settlements", "actual"), (81, "gas.coverage_share", "actual")],
    ),
    (
        "В Жамбылской области газ подвели к 271 селу, охват населения – 93 процента.",
        [(271, "gas.settlements", "actual"), (93, "gas.population_share", "actual")],
    ),
    (  # a year of its own
        "Былтыр облыста 11 ауыл газға қосылып, халықты қамту 71 пайызға жетті.",
        [(11, "gas.settlements_new", "actual"), (71, "gas.population_share", "actual")],
    ),
    ("Былтыр көгілдір отын Түркістан облысының 23 ауылына жетті.", [(23, "gas.settlements_new", "actual")]),
    (
        "В Костанайской области в этом году подключены шесть сёл, газ тянут ещё в пять.",
        [(6, "gas.settlements_new", "actual"), (5, "gas.settlements_new", "underway")],
    ),
    (
        "За два года газифицировали 27 сёл Атырауской области, до 2029 года очередь дойдёт ещё до 13.",
        [(27, "gas.settlements_new", "actual"), (13, "gas.settlements_new", "planned")],
    ),
    (
        "Алматы облысында газға қосылған ауыл – 219, қосылмағаны – 143.",
        [(219, "gas.settlements", "actual"), (143, "gas.settlements_unserved", "actual")],
    ),
    (  # all the land there is
        "Қызылорда облысында 180 мың гектар суармалы жер бар.",
        [],
    ),
    ("Общая площадь поливных земель Туркестанской области – 560 тысяч гектаров.", []),
    (
        "В Абайской области в оборот ввели 4,5 тысячи гектаров орошаемых земель.",
        [(4500, "water.irrigated_area_new", "actual")],
    ),
]
LEFT_OUT = [  # nouns that a number leaves out
    (
        "Оптику в Жамбылской области получат 94 села. В этом году – 40, в следующем – 54.",
        [
            (94, "internet.settlements_fibre", "planned"),
            (40, "internet.settlements_fibre", "planned"),
            (54, "internet.settlements_fibre", "planned"),
        ],
    ),
    (
        "Абай облысының 31 ауылына газ тартылады. Биыл – 12, келесі жылы – 19.",
        [
            (31, "gas.settlements_new", "planned"),
            (12, "gas.settlements_new", "planned"),
            (19, "gas.settlements_new", "planned"),
        ],
    ),
    (
        "На капельное орошение в Жетысуской области перевели 18 тысяч гектаров, к концу года показатель доведут "
        "до 24 тысяч.",
        [(18000, "water.saving_area", "actual"), (24000, "water.saving_area", "planned")],
    ),
    (
        "Жетісу облысында 18 мың гектар жер тамшылатып суарылады, жыл соңында бұл көрсеткіш 24 мыңға жетеді.",
        [(18000, "water.saving_area", "actual"), (24000, "water.saving_area", "planned")],
    ),
    (
        "Сельских жителей Костанайской области, обеспеченных питьевой водой, стало 312 тысяч.",
        [(312000, "water.population", "actual")],
    ),
    (
        "В Щучинске к газу подключены 3 800 домов и 46 объектов бизнеса.",
        [(3800, "gas.homes", "actual"), (46, "gas.facilities", "actual")],
    ),
]
SHARES = [
    ("Доступа к газу лишены 26 процентов сёл Туркестанской области.", []),
    ("Жамбыл облысында халықтың 3 пайызы газбен қамтылмаған.", []),
    ("Власти рассчитывают газифицировать Семей на 60 процентов.", [(60, "gas.coverage_share", "planned")]),
    (
        "Қарағанды облысының қалаларында тұрғындардың 99,6 пайызы ауызсумен қамтылған.",
        [(99.6, "water.population_share_urban", "actual")],
    ),
    (
        "Павлодар облысының ауылдарында тұрғындардың 88 пайызы су құбырының суын ішеді.",
        [(88, "water.population_share_rural", "actual")],
    ),
]
STATUS = [
    ("Проходит конкурс на строительство 35 вышек в Улытауской области.", [(35, "internet.masts", "planned")]),
    ("Ұлытау облысында 35 мұнара салуға конкурс жарияланды.", [(35, "internet.masts", "planned")]),
    ("До конца лета подрядчик обязан сдать 23 км водопровода в Риддере.", [(23, "water.pipeline_length", "planned")]),
    ("Готовится проект газификации пяти сёл Аягозского района.", [(5, "gas.settlements_new", "planned")]),
    ("Ақмола облысында 24 мектепті оптикаға қосу аяқталып келеді.", [(24, "internet.schools", "underway")]),
    (
        "В планах на 2026 год по Жамбылской области: газ – девять сёл, вода – 14, интернет – 22.",
        [
            (9, "gas.settlements_new", "planned"),
            (14, "water.settlements_new", "planned"),
            (22, "internet.settlements_new", "planned"),
        ],
    ),
    (
        "В Экибастузе заменят 34 километра водопровода. Работы оценены в 4,7 млрд тенге.",
        [(34, "water.pipeline_length", "planned"), (4.7e9, "water.investment", "planned")],
    ),
]


PLANS_AND_WORDS = [
    (
        "Газовики Актюбинской области за девять месяцев подключили к сетям 4 700 домов. План на год – 6 200.",
        [(4700, "gas.homes", "actual"), (6200, "gas.homes", "planned")],
    ),
    (
        "Ақтөбе облысының газшылары тоғыз айда 4 700 үйді желіге қосты. Жылдық жоспар – 6 200.",
        [(4700, "gas.homes", "actual"), (6200, "gas.homes", "planned")],
    ),
    (  # the sum stands aside, between commas
        "Средства, 3,6 миллиарда тенге, пойдут на замену 61 километра водопровода Степногорска.",
        [(3.6e9, "water.investment", "planned"), (61, "water.pipeline_length", "planned")],
    ),
    (
        "Расходы на газификацию 11 сёл Сарыкольского района – 5,9 млрд тенге.",
        [(11, "gas.settlements", "actual"), (5.9e9, "gas.investment", "actual")],
    ),
    (
        "До 2030 года вложения в водную отрасль Кызылординской области превысят 210 млрд тенге.",
        [(210e9, "water.investment", "planned")],
    ),
    (
        "Скоростью до 100 Мбит/с уже пользуются 264 школы Актюбинской области.",
        [(264, "internet.schools", "actual")],
    ),
    (  # the whole, of which a part is told, beside its part
        "Не у всех: в 8 из 92 школ Каркаралинского района интернет только через спутник.",
        [(8, "internet.schools_satellite", "actual")],
    ),
    (  # the present of a habit
        "Қарқаралы ауданындағы 92 мектептің сегізіне интернет жерсерік арқылы келеді.",
        [(8, "internet.schools_satellite", "actual")],
    ),
    (  # by how many more
        "Шілдеде өңірде 119 ауыл газдандырылған. Бұл былтырғыдан 14-ке көп.",
        [(119, "gas.settlements", "actual")],
    ),
    ("Сейчас в Абайской области меняют 64 км водопровода.", [(64, "water.pipeline_length", "underway")]),
    ("В Абайской области приступили к прокладке 64 км водопровода.", [(64, "water.pipeline_length", "underway")]),
    ("Абай облысында 64 шақырым су құбыры салынып келеді.", [(64, "water.pipeline_length", "underway")]),
    (
        "Семь проектов запускают в индустриальной зоне Тараза. На них будут работать 640 человек.",
        [(7, "industry.projects", "underway"), (640, "industry.jobs", "planned")],
    ),
]


PARTS = [
    (  # what is counted beside the year is something else
        "В Абайской области интернет провели в 12 сёл. В этом году – 40 мероприятий.",
        [(12, "internet.settlements_new", "actual")],
    ),
    ("В Риддере обновили водопровод. Заменено 15 км электросетей.", []),
    ("Ауылға газ тартылды. Биыл 14 шақырым жол жөнделді.", []),
    (
        "На балансе Темиртау 520 км водопроводных сетей, из них 310 отслужили срок.",
        [(520, "water.pipeline_length", "actual"), (310, "water.network_repair_length", "actual")],
    ),
    (
        "Теміртау қаласының 520 шақырым су желісінің 310-ы тозған.",
        [(520, "water.pipeline_length", "actual"), (310, "water.network_repair_length", "actual")],
    ),
    (  # a place stands in the whole's clause, not before the part
        "Без централизованного водоснабжения пока обходятся 86 сёл Костанайской области, из них 30 возят воду.",
        [(86, "water.settlements_unserved", "actual"), (30, "water.settlements_trucked", "actual")],
    ),
    (
        "Всего в области Улытау 72 села: 51 с интернетом, 21 без.",
        [
            (72, "internet.settlements_total", "actual"),
            (51, "internet.settlements", "actual"),
            (21, "internet.settlements_unserved", "actual"),
        ],
    ),
    (
        "Ұлытау облысында барлығы 72 ауыл бар: 51-інде интернет бар, 21-інде жоқ.",
        [
            (72, "internet.settlements_total", "actual"),
            (51, "internet.settlements", "actual"),
            (21, "internet.settlements_unserved", "actual"),
        ],
    ),
    (  # what is counted for time parts nothing
        "Количество сёл с газом в ВКО за три года выросло втрое и достигло 42.",
        [(42, "gas.settlements", "actual")],
    ),
    ("Доля школ, подключённых к скоростному интернету, в Абайской области – 97%.", []),
    (
        "Доля сельчан, получающих воду из крана, в Абайской области – 91%.",
        [(91, "water.population_share_rural", "actual")],
    ),
    (
        "Насосно-фильтровальная станция в Уральске производительностью 50 тысяч кубометров в сутки готова.",
        [(50000, "water.capacity", "actual")],
    ),
    (
        "В Бурабайском районе газифицируются шесть сёл, четыре из них получат газ до зимы.",
        [(6, "gas.settlements_new", "underway"), (4, "gas.settlements_new", "planned")],
    ),
    (
        "Абай облысында 61 ауылға интернет тартылды, енді 20 ауылды қосу қалды.",
        [(61, "internet.settlements_new", "actual"), (20, "internet.settlements_new", "planned")],
    ),
    (
        "Газификация Жезказгана, по оценке, займёт три года, стоить будет 96 млрд тенге.",
        [(96e9, "gas.investment", "planned")],
    ),
    ("Жезқазғанды газдандыру үш жылға созылады, құны 96 млрд теңге болады.", [(96e9, "gas.investment", "planned")]),
]


MORE_WORKS = [
    (  # what the station does, and what was done with it
        "Жамбыл облысының Мерке ауылында тәулігіне 900 текше метр су дайындайтын станса салынды.",
        [(900, "water.capacity", "actual")],
    ),
    (
        "Жамбыл облысының Мерке ауылында тәулігіне 900 текше метр су дайындайтын станса салынады.",
        [(900, "water.capacity", "planned")],
    ),
    (  # what the cable does not reach is served by satellite
        "В 12 сёлах, куда не дошёл кабель, поставили терминалы OneWeb, сообщили в акимате Мангистауской области.",
        [(12, "internet.settlements_satellite", "actual")],
    ),
    (
        "Маңғыстау облысында кабель жетпеген 12 ауылға OneWeb терминалы қойылды.",
        [(12, "internet.settlements_satellite", "actual")],
    ),
    (
        "Сети водоснабжения Семея обновляют. В прошлом году заменили 12 км, в нынешнем – ещё 18.",
        [(12, "water.pipeline_length", "actual"), (18, "water.pipeline_length", "actual")],
    ),
    (
        "Семейдің су желілері жаңартылып жатыр. Былтыр 12 шақырым ауыстырылды, биыл 18 шақырым ауыстырылады.",
        [(12, "water.pipeline_length", "actual"), (18, "water.pipeline_length", "planned")],
    ),
    (
        "В посёлке Актогай ВКО построена станция очистки воды. Производительность – 2 400 кубометров в сутки. "
        "На проект ушло 1,1 млрд тенге.",
        [(2400, "water.capacity", "actual"), (1.1e9, "water.investment", "actual")],
    ),
    (
        "Ерейментауға газ тартылды. Жеткізуші құбыр – 112 шақырым, ішкі желі – 84.",
        [(112, "gas.pipeline_length", "actual"), (84, "gas.pipeline_length", "actual")],
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [*SAME_WORKS, *SATELLITES, *MASTS, *NEW_OR_ALL, *LEFT_OUT, *SHARES, *STATUS, *PLANS_AND_WORDS, *PARTS, *MORE_WORKS],
)
def test_what_goes_on_and_which_measure_it_is(text, expected):
    assert [(value, indicator, status) for value, indicator, status, _ in figures(text)] == expected
