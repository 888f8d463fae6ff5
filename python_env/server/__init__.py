"""The server side: answers, grading and the sandbox."""
