"""How much Slack accepts, in characters (Unicode code points) or in pieces; from Slack's Block Kit pages."""

# Messages and modals
MESSAGE_BLOCKS = 50
MODAL_BLOCKS = 100
MESSAGE_TEXT = 4_000  # Slack cuts at 40,000 and advises to stay below this
MODAL_TITLE = 24  # likewise the words on a modal's submit and close buttons
PRIVATE_METADATA = 3_000

# Text in blocks
SECTION_TEXT = 3_000
SECTION_FIELDS = 10
FIELD_TEXT = 2_000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
ACTIONS_ELEMENTS = 25

# Buttons, menus and inputs
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
ACCESSIBILITY_LABEL = 75
URL = 3_000
IDENTIFIER = 255  # action_id, block_id, callback_id
OPTION_TEXT = 75
OPTION_DESCRIPTION = 75
OPTION_VALUE = 150
SELECT_OPTIONS = 100
OPTION_GROUPS = 100
RADIO_OPTIONS = 10
OVERFLOW_OPTIONS = 5
PLACEHOLDER = 150
LABEL = 2_000  # an input's label, and its hint
INPUT_TEXT = 3_000  # what can be typed into one input
CONFIRM_TITLE = 100
CONFIRM_TEXT = 300
CONFIRM_BUTTON = 30
