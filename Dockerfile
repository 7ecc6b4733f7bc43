FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

COPY requirements.txt .
RUN pip install --require-hashes --only-binary :all: -r requirements.txt

COPY . .
RUN python -m compileall -q . && useradd --system --uid 10001 --no-create-home portal
USER portal

# The process must be reachable from outside its own container; docker-compose.yml decides from where.
ENV HOST=0.0.0.0 PORT=8000
EXPOSE 8000
ENTRYPOINT ["python", "-m", "portal"]
CMD ["serve"]
