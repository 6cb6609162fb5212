"""XPath as forms use it, said in our expressions."""

from kithkin.questionnaire.formats.xlsform.paths.paths import Paths
from kithkin.questionnaire.formats.xlsform.paths.pieces import Field
from kithkin.questionnaire.formats.xlsform.paths.syntax import SYNTAX
from kithkin.questionnaire.formats.xlsform.paths.table import FUNCTIONS

__all__ = ["FUNCTIONS", "SYNTAX", "Field", "Paths"]
