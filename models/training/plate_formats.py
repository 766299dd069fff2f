"""Plate formats of many countries: proportions, colours and how the characters run.

A pattern's letters: A = Latin letter, 9 = digit, C = Cyrillic letter, R = Arabic letter, D = Arabic digit, K = ideograph
(drawn as strokes), anything else is itself. `/` starts a second row.
"""

from dataclasses import dataclass

WHITE, BLACK, YELLOW, BLUE, GREEN, RED = (
    (240, 240, 236), (25, 25, 28), (250, 200, 30), (25, 60, 150), (30, 120, 70), (170, 30, 35),
)
AZURE, ORANGE = (45, 125, 200), (235, 120, 30)
DARK_BLUE, CREAM, SILVER, SKY, MINT = (20, 40, 110), (245, 238, 205), (205, 208, 210), (190, 215, 240), (160, 225, 190)


@dataclass(frozen=True)
class Format:
    name: str
    # Millimetres.
    width: int
    height: int
    patterns: tuple
    # (background, characters)
    colours: tuple
    # Colour of a strip: none, left, right, both, top.
    strip: str = "none"
    strip_colour: tuple = BLUE
    # A line of small letters above and below the number, as on American plates.
    slogan: bool = False


def eu(name, *patterns, colours=((WHITE, BLACK),), strip="left"):
    return Format(name, 520, 112, patterns, colours, strip)


FORMATS = (
    eu("germany", "A AA 9999", "AA A 999", "AAA AA 99", "AA AA 9999"),
    eu("france", "AA-999-AA", strip="both"),
    eu("italy", "AA 999AA", strip="both"),
    eu("spain", "9999 AAA"),
    eu("netherlands", "AA-99-AA", "99-AAA-9", "A-999-AA", colours=((YELLOW, BLACK),)),
    eu("poland", "AA 99999", "AAA 9A99"),
    eu("romania", "AA 99 AAA", "A 999 AAA"),
    eu("belgium", "9-AAA-999", colours=((WHITE, RED),)),
    eu("sweden", "AAA 99A", "AAA 999"),
    eu("greece", "AAA-9999"),
    eu("turkey", "99 AAA 999", "99 A 9999"),
    Format("eu two rows", 340, 220, ("AA/AA 999", "AAA/9999", "9999/AAA"), ((WHITE, BLACK), (YELLOW, BLACK)), "left"),
    Format("eu motorcycle", 220, 200, ("AA/AA 99", "AAA/999"), ((WHITE, BLACK),), "left"),
    Format("britain", 520, 111, ("AA99 AAA",), ((WHITE, BLACK), (YELLOW, BLACK)), "none"),
    Format("britain strip", 520, 111, ("AA99 AAA",), ((WHITE, BLACK), (YELLOW, BLACK)), "left"),
    Format("britain two rows", 285, 203, ("AA99/AAA",), ((WHITE, BLACK), (YELLOW, BLACK))),
    Format("switzerland", 300, 80, ("AA 999999",), ((WHITE, BLACK),)),
    Format("russia", 520, 112, ("C999CC 99", "C999CC 999"), ((WHITE, BLACK), (YELLOW, BLACK))),
    Format("russia two rows", 290, 170, ("C999/CC 99",), ((WHITE, BLACK),)),
    Format("ukraine", 520, 112, ("AA 9999 AA",), ((WHITE, BLACK),), "left"),
    Format("kazakhstan", 520, 112, ("999 AAA 99",), ((WHITE, BLACK),), "left", SKY),
    Format("america", 305, 152, ("AAA 9999", "9AAA999", "AAA-999", "999 AAA", "AAAAAA"),
           ((WHITE, DARK_BLUE), (WHITE, BLACK), (CREAM, RED), (SKY, DARK_BLUE), (YELLOW, DARK_BLUE), (BLACK, CREAM),
            (DARK_BLUE, WHITE), (GREEN, WHITE), (MINT, BLACK), (WHITE, GREEN)), slogan=True),
    Format("mexico", 305, 152, ("AAA-99-99", "AAA-999-A"), ((WHITE, BLACK), (WHITE, GREEN)), "top", GREEN, True),
    Format("mercosul", 400, 130, ("AAA9A99", "AA 999 AA"), ((WHITE, BLACK),), "top"),
    Format("brazil old", 400, 130, ("AAA-9999",), ((SILVER, BLACK), (RED, WHITE)), slogan=True),
    Format("colombia", 330, 160, ("AAA 999",), ((YELLOW, BLACK), (WHITE, BLACK)), slogan=True),
    Format("argentina old", 294, 129, ("AAA 999",), ((BLACK, WHITE),)),
    Format("india", 500, 120, ("AA 99 AA 9999", "AA99A9999"), ((WHITE, BLACK), (YELLOW, BLACK), (GREEN, WHITE)), "none"),
    Format("india strip", 500, 120, ("AA 99 AA 9999",), ((WHITE, BLACK), (YELLOW, BLACK)), "left"),
    Format("india two rows", 340, 200, ("AA 99/AA 9999", "AA 99 A/9999"), ((WHITE, BLACK), (YELLOW, BLACK))),
    Format("india motorcycle", 285, 45, ("AA 99 A 9999",), ((WHITE, BLACK), (BLACK, WHITE))),
    Format("pakistan", 330, 160, ("AAA/999", "AA-999"), ((WHITE, BLACK), (YELLOW, BLACK)), "left", GREEN, True),
    Format("china", 440, 140, ("KA·99999", "KA·9A999"), ((BLUE, WHITE), (BLUE, WHITE), (YELLOW, BLACK), (BLACK, WHITE))),
    Format("china electric", 480, 140, ("KAA99999",), ((MINT, BLACK),)),
    Format("china two rows", 440, 220, ("K·A/99999",), ((YELLOW, BLACK), (BLUE, WHITE))),
    Format("hong kong", 520, 110, ("AA 9999",), ((WHITE, BLACK), (YELLOW, BLACK))),
    Format("japan", 330, 165, ("KK 999/K 99-99",), ((WHITE, GREEN), (YELLOW, BLACK), (GREEN, WHITE), (BLACK, YELLOW))),
    Format("korea", 520, 110, ("99K 9999", "999K 9999"), ((WHITE, BLACK),), "none"),
    Format("korea old", 335, 155, ("KK 99/K 9999",), ((GREEN, WHITE), (YELLOW, BLACK))),
    Format("taiwan", 380, 160, ("AAA-9999", "9999-AA"), ((WHITE, BLACK),)),
    Format("thailand", 340, 150, ("9KK 9999/KKKK", "KK 9999"), ((WHITE, BLACK),)),
    Format("vietnam two rows", 280, 200, ("99A/999.99",), ((WHITE, BLACK), (YELLOW, BLACK))),
    Format("vietnam", 520, 110, ("99A-999.99",), ((WHITE, BLACK),)),
    Format("malaysia", 480, 110, ("AAA 9999", "A 9999"), ((BLACK, WHITE),)),
    Format("indonesia", 430, 135, ("A 9999 AA/99·99", "A 9999 AAA"), ((BLACK, WHITE), (WHITE, BLACK))),
    Format("singapore", 520, 110, ("AAA 9999 A",), ((BLACK, WHITE),)),
    Format("australia", 372, 134, ("AAA 99A", "AA 99 AA"), ((WHITE, DARK_BLUE), (YELLOW, BLACK), (WHITE, GREEN)), slogan=True),
    Format("new zealand", 360, 125, ("AAA999",), ((WHITE, BLACK),)),
    Format("egypt", 350, 170, ("RRR DDDD", "RR DDD"), ((WHITE, BLACK),), "top", AZURE),
    Format("egypt taxi", 350, 170, ("RRR DDDD", "RR DDD"), ((WHITE, BLACK),), "top", ORANGE),
    Format("egypt motorcycle", 200, 200, ("R R R/DDDD", "R R/DDD", "R R/DDDD"), ((WHITE, BLACK),), "top", AZURE),
    Format("egypt lorry", 200, 190, ("RRR/DDDD",), ((WHITE, BLACK),), "top", RED),
    Format("mercosul motorcycle", 200, 170, ("AAA/9A99", "A999/AAA"), ((WHITE, BLACK),), "top"),
    Format("thai motorcycle", 210, 170, ("9KK/KKKK/999", "KKK/9999"), ((WHITE, BLACK),)),
    Format("indian scooter", 200, 110, ("AA 99 A/9999", "AA 99/A 9999"), ((WHITE, BLACK), (YELLOW, BLACK))),
    Format("iraq", 330, 160, ("99 A 99999", "DDDDD R"), ((WHITE, BLACK), (RED, WHITE)), "left", SILVER),
    Format("saudi arabia", 520, 110, ("DDDD RRR/9999 AAA",), ((WHITE, BLACK),), "right", SILVER),
    Format("emirates", 520, 110, ("A 99999", "99 99999"), ((WHITE, BLACK), (WHITE, RED)), "none"),
    Format("qatar", 400, 120, ("999999",), ((WHITE, BLACK),), "left", RED),
    Format("iran", 520, 110, ("DD R DDD DD",), ((WHITE, BLACK), (YELLOW, BLACK)), "left"),
    Format("israel", 520, 110, ("999-99-999", "99-999-99"), ((YELLOW, BLACK),), "left"),
    Format("south africa", 520, 113, ("AA 99 AA GP", "AAA 999 EC", "CA 999-999"), ((WHITE, BLACK), (YELLOW, BLACK))),
    Format("nigeria", 340, 150, ("AAA-999AA",), ((WHITE, BLUE),), slogan=True),
    Format("kenya", 520, 110, ("AAA 999A",), ((WHITE, BLACK), (YELLOW, BLACK))),
    Format("morocco", 520, 110, ("99999 R 99",), ((WHITE, BLACK),)),
)
