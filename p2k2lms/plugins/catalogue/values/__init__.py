"""The front door of the catalogue's values: content models, packs, and the cards that services hand out."""

from p2k2lms.plugins.catalogue.values.course import BlueprintDef, CompletionRules, CourseDef, ModulDef, SesiPlan
from p2k2lms.plugins.catalogue.values.draft import ContentFault, CourseDraft, SesiDraft, Source, Written
from p2k2lms.plugins.catalogue.values.instrument import (
    AnswerOption,
    InstrumentDef,
    ManyQuestion,
    MatrixQuestion,
    MonthQuestion,
    NumberQuestion,
    OneQuestion,
    Question,
    ScaleQuestion,
    TextQuestion,
)
from p2k2lms.plugins.catalogue.values.item import SEALED_FORMS, ChoiceDef, ItemDef, OptionDef
from p2k2lms.plugins.catalogue.values.kinds import (
    KINDS,
    AnyItem,
    MatchingDef,
    MultipleDef,
    OrderingDef,
    SingleDef,
    TrueFalseDef,
)
from p2k2lms.plugins.catalogue.values.links import card_path
from p2k2lms.plugins.catalogue.values.obstacles import NO_OBSTACLE, OBSTACLE_KINDS, OBSTACLES, OTHER_OBSTACLE
from p2k2lms.plugins.catalogue.values.pack import (
    Card,
    OpenPack,
    Outline,
    OutlineModul,
    OutlineSesi,
    OutlineStep,
    SealedPack,
    SesiSheet,
    VersionCard,
)
from p2k2lms.plugins.catalogue.values.rubric import BehaviourDef, RubricDef, SesiRubricDef
from p2k2lms.plugins.catalogue.values.search import SearchHit, SearchIndex
from p2k2lms.plugins.catalogue.values.sesi import ObjectiveDef, SesiDef, StepDef, TeachDef

__all__ = [
    "KINDS",
    "NO_OBSTACLE",
    "OBSTACLES",
    "OBSTACLE_KINDS",
    "OTHER_OBSTACLE",
    "SEALED_FORMS",
    "AnswerOption",
    "AnyItem",
    "BehaviourDef",
    "BlueprintDef",
    "Card",
    "ChoiceDef",
    "CompletionRules",
    "ContentFault",
    "CourseDef",
    "CourseDraft",
    "InstrumentDef",
    "ItemDef",
    "ManyQuestion",
    "MatchingDef",
    "MatrixQuestion",
    "ModulDef",
    "MonthQuestion",
    "MultipleDef",
    "NumberQuestion",
    "ObjectiveDef",
    "OneQuestion",
    "OpenPack",
    "OptionDef",
    "OrderingDef",
    "Outline",
    "OutlineModul",
    "OutlineSesi",
    "OutlineStep",
    "Question",
    "RubricDef",
    "ScaleQuestion",
    "SealedPack",
    "SearchHit",
    "SearchIndex",
    "SesiDef",
    "SesiDraft",
    "SesiPlan",
    "SesiRubricDef",
    "SesiSheet",
    "SingleDef",
    "Source",
    "StepDef",
    "TeachDef",
    "TextQuestion",
    "TrueFalseDef",
    "VersionCard",
    "Written",
    "card_path",
]
