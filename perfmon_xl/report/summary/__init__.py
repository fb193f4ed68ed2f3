"""The summary report of a batch: its names, its sentences, its advice, where its figures come from."""
