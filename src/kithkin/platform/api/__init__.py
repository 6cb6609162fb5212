"""What every router of the API stands on: who asks, problem documents, pages by key, requests that may come twice."""
