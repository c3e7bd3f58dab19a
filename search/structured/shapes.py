"""How each kind of thing lies in the graph: docs/graph.md as patterns over ``?record``.

``?record`` holds the facts of ``?result``, which is what an answer lists: a project's budget of one
year for a project, otherwise the thing itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from search.passages import Kind
from search.question.labels import ANY
from search.question.stated import PLACES


@dataclass(frozen=True, slots=True)
class Shape:
    """Patterns of one kind.

    *things* binds ?record, ?result and ?label; *code* ?code; *order* ?order; *derived* what of
    these two is computed; *year* ?year; *organization* ?organization. *amount* is the path from
    ?record to its usual amount. *fields* leads from the local name of a property to the path from
    ?record to its value. *noun* is the Chinese word that is counted, *counter* its measure word.
    """

    things: str
    noun: str
    counter: str
    code: str = ""
    year: str = ""
    organization: str = ""
    amount: str = ""
    order: str = ""
    derived: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


_SELF = "BIND(?record AS ?result)"
_NAME = {"prefLabel": "skos:prefLabel", ANY: "skos:prefLabel"}
_CODE = "https://w3id.org/budgetkg/code/"


def _stated(place: str, name: str) -> str:
    """Return what leads from a project's budget to the whole amount that *place* states of it."""
    return (
        f"bp:hasAmountStatement ?{name} . ?{name} bp:statedIn <{_CODE}stated-in/{place}> ; "
        f"bp:component <{_CODE}amount-component/total> ; bp:amountCNY"
    )


# All that is printed of a project, as a path.
_PROJECT_TEXTS = (
    "skos:prefLabel|bp:purposeText|bp:hasGoal/bp:goalText|bp:hasIndicator/skos:prefLabel"
    "|bp:hasIndicator/bp:description|bp:hasIndicator/bp:targetValue/bp:sourceText"
)
_PROJECT_FIELDS = {
    **_NAME,
    ANY: _PROJECT_TEXTS,
    "projectCode": "bp:projectCode",
    "responsibleUnit": "bp:responsibleUnit/skos:prefLabel",
    "budgetAmount": "bp:budgetAmount",
    "fiscalAmount": "bp:fiscalAmount",
    "otherAmount": "bp:otherAmount",
    **{name: _stated(place, name) for place, name in PLACES.items()},
    "purposeText": "bp:purposeText",
    "goalText": "bp:hasGoal/bp:goalText",
    "cumulativePercent": "bp:hasPlanPoint/bp:cumulativePercent",
    "targetValue": "bp:hasIndicator/bp:targetValue/bp:sourceText",
    "determinationBasis": "bp:hasIndicator/bp:determinationBasis",
}

SHAPES: Mapping[Kind, Shape] = {
    Kind.PROJECT: Shape(
        things="?record a bp:ProjectBudget ; bp:project ?result ; skos:prefLabel ?label .",
        noun="项目",
        counter="个",
        code="?record bp:projectCode ?code .",
        year="?record bp:fiscalYear/bp:year ?year .",
        organization="?record bp:responsibleUnit ?organization .",
        amount="bp:budgetAmount",
        order="?record bp:order ?order .",
        fields=_PROJECT_FIELDS,
    ),
    Kind.INDICATOR: Shape(
        things="?budget bp:hasIndicator ?record ; bp:projectCode ?projectCode . "
        "?record skos:prefLabel ?label ; bp:order ?second . " + _SELF,
        noun="指标",
        counter="条",
        year="?budget bp:fiscalYear/bp:year ?year .",
        organization="?budget bp:responsibleUnit ?organization .",
        amount="bp:targetValue/bp:amountCNY",
        order="?budget bp:order ?first .",
        derived='BIND(CONCAT(?projectCode, "/", STR(?second)) AS ?code) '
        "BIND(COALESCE(?first, 0) * 1000 + ?second AS ?order)",
        fields={
            **_NAME,
            ANY: "skos:prefLabel|bp:description|bp:targetValue/bp:sourceText",
            "targetValue": "bp:targetValue/bp:sourceText",
            "determinationBasis": "bp:determinationBasis",
            "description": "bp:description",
            "budgetAmount": "bp:targetValue/bp:amountCNY",
        },
    ),
    Kind.FUNCTION: Shape(
        things="?record a bp:FunctionCode ; skos:prefLabel ?label . " + _SELF,
        noun="科目",
        counter="个",
        code="?record skos:notation ?code .",
        year="?record bp:fiscalYear/bp:year ?year .",
        order="?record skos:notation ?order .",
        fields={
            **_NAME,
            ANY: "skos:prefLabel|skos:definition",
            "projectCode": "skos:notation",
            "unitCode": "skos:notation",
            "definition": "skos:definition",
            "level": "bp:level",
        },
    ),
    Kind.RESPONSIBILITY: Shape(
        things="?record a bp:Responsibility ; skos:prefLabel ?label . " + _SELF,
        noun="职责",
        counter="项",
        year="?record bp:fiscalYear/bp:year ?year .",
        organization="?record bp:organization ?organization .",
        order="?record bp:order ?order .",
        derived="BIND(STR(?order) AS ?code)",
        fields=_NAME,
    ),
    Kind.UNIT: Shape(
        things="?record a bp:BudgetUnit ; skos:prefLabel ?label . " + _SELF,
        noun="单位",
        counter="个",
        code="?record bp:unitCode ?code .",
        organization="{ BIND(?record AS ?organization) } UNION "
        "{ ?record bp:belongsToDepartment ?organization }",
        order="?record bp:unitCode ?order .",
        fields={
            **_NAME,
            "unitNature": "bp:unitNature/skos:prefLabel",
            "unitRank": "bp:unitRank/skos:prefLabel",
            "fundingMode": "bp:fundingMode/skos:prefLabel",
            "unitCode": "bp:unitCode",
            "projectCode": "bp:unitCode",
            "belongsToDepartment": "bp:belongsToDepartment/skos:prefLabel",
        },
    ),
    Kind.FIGURE: Shape(
        things="?record a bp:BudgetFigure ; skos:prefLabel ?label . " + _SELF,
        noun="汇总数",
        counter="个",
        year="?record bp:fiscalYear/bp:year ?year .",
        organization="?record bp:organization ?organization .",
        amount="bp:amountCNY",
        fields={**_NAME, "reason": "bp:reason", "budgetAmount": "bp:amountCNY"},
    ),
    Kind.PROCUREMENT: Shape(
        things="?record a bp:ProcurementItem ; skos:prefLabel ?label . " + _SELF,
        noun="采购项",
        counter="条",
        year="?record prov:wasDerivedFrom/bp:fiscalYear/bp:year ?year .",
        organization="?record bp:procuredFor/bp:responsibleUnit ?organization .",
        amount="bp:amountCNY",
        fields={
            **_NAME,
            "quantity": "bp:quantity",
            "unitPrice": "bp:unitPrice",
            "catalogueCode": "bp:catalogueCode",
            "projectCode": "bp:catalogueCode",
            "unitText": "bp:unitText",
            "budgetAmount": "bp:amountCNY",
            "procuredFor": "bp:procuredFor/skos:prefLabel",
            "responsibleUnit": "bp:procuredFor/bp:responsibleUnit/skos:prefLabel",
        },
    ),
    Kind.ASSET: Shape(
        things="?record a bp:AssetBalance ; skos:prefLabel ?label . " + _SELF,
        noun="资产",
        counter="条",
        year="{ ?record bp:fiscalYear/bp:year ?year } UNION "
        "{ ?record bp:asOf ?date BIND(STRDT(STR(YEAR(?date)), xsd:gYear) AS ?year) }",
        organization="?record bp:holder ?organization .",
        amount="bp:grossAmount",
        fields={
            **_NAME,
            "grossAmount": "bp:grossAmount",
            "netAmount": "bp:netAmount",
            "accumulatedAmount": "bp:accumulatedAmount",
            "budgetAmount": "bp:grossAmount",
            "asOf": "bp:asOf",
        },
    ),
    Kind.GOAL: Shape(
        things="?record a bp:DepartmentGoal ; skos:prefLabel ?label . " + _SELF,
        noun="目标",
        counter="项",
        year="?record prov:wasDerivedFrom/bp:fiscalYear/bp:year ?year .",
        organization="?record bp:organization ?organization .",
        order="?record bp:order ?order .",
        fields={
            **_NAME,
            ANY: "skos:prefLabel|bp:goalText|bp:duty",
            "goalText": "bp:goalText",
            "duty": "bp:duty",
        },
    ),
}
