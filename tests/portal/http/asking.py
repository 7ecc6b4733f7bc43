"""Asking the face over plain HTTP."""

from typing import Any

import httpx

NEW = {"accept": "application/graphql-response+json"}


async def ask(client: httpx.AsyncClient, query: str, **more: Any) -> httpx.Response:
    headers = {**NEW, **more.pop("headers", {})}
    return await client.post("/graphql", json={"query": query, **more}, headers=headers)


def code_of(answer: httpx.Response) -> str:
    return str(answer.json()["errors"][0]["extensions"]["code"])
