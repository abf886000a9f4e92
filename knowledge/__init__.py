"""What is true about MLOps maturity: validated files and the models they must fit. Imports nothing of ours."""
