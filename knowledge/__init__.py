"""What is true about MLOps maturity: checked files and the models they must fit. Imports nothing of ours."""
