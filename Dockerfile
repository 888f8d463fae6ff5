FROM python:3.11-slim

WORKDIR /app

COPY requirements.txt .
# No PYTHONDONTWRITEBYTECODE here: the bytecode that pip leaves behind halves the cold start.
RUN pip install --no-cache-dir --require-hashes -r requirements.txt \
    && useradd --create-home --uid 1000 user

# By name, because .dockerignore lets the code of email_triage_env/server/Dockerfile through as well.
COPY --chown=1000:1000 requirements.txt openenv.yaml \
    models.py tasks.py graders.py environment.py server.py inference.py ./
USER 1000

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
EXPOSE 7860
CMD ["python", "server.py"]
