"""Errors of the API, as problem details."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

PROBLEM = "application/problem+json"


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an error into RFC 9457 problem details; fields are named under ``errors``."""
    if isinstance(error, ValidationError):
        error = exceptions.ValidationError(getattr(error, "message_dict", error.messages))
    response = exception_handler(error, context)
    if response is None:
        return None
    status = response.status_code
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": _detail(error, response.data),
    }
    if isinstance(error, exceptions.ValidationError):
        body["errors"] = response.data
    response.data = body
    response.content_type = PROBLEM
    return response


def _detail(error: Exception, data: Any) -> str:
    if isinstance(error, exceptions.ValidationError):
        fields = ", ".join(data) if isinstance(data, dict) else ""
        return f"Please put right: {fields}." if fields else "; ".join(map(str, data))
    if isinstance(error, Http404 | exceptions.NotFound):
        return "There is nothing at this address."
    if isinstance(error, PermissionDenied | exceptions.PermissionDenied):
        return "Your roles do not allow this."
    return str(getattr(error, "detail", error))
