"""Read a YAML file into a frozen model, with every fault of the file at once."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from analysis.faults import Fault, Faults, did_you_mean


class Settings(BaseModel):
    """Base of every model read from YAML: immutable, and unknown keys are faults."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


Model = TypeVar("Model", bound=Settings)


class UniqueKeyLoader(yaml.SafeLoader):
    """YAML's safe loader, but a key given twice is an error instead of the last one winning."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Build the mapping of `node`; raises on a repeated key."""
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} is given twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path) -> Any:
    """Return the content of a YAML file; raises Faults where it is not YAML."""
    if not path.is_file():
        raise Faults([Fault(str(path), "no such file", "a YAML file", "create it, or name another region")])
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=UniqueKeyLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        problem = getattr(error, "problem", None) or str(error)
        raise Faults(
            [Fault(where, problem, "YAML in UTF-8, each key once", "mend this line of the file")]
        ) from None


def read_settings(path: Path, model: type[Model]) -> Model:
    """Return the file as a `model`; raises Faults naming each key that is unknown, missing or wrong."""
    return parse_settings(str(path), read_yaml(path), model)


def parse_settings(where: str, content: Any, model: type[Model]) -> Model:
    """Return `content` as a `model`; `where` names its file in the faults."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise Faults(fault_of(where, detail, model) for detail in error.errors()) from None


def fault_of(where: str, detail: Any, model: type[Settings]) -> Fault:
    """Turn one of pydantic's errors into a fault that names key, value, what is allowed and the mend."""
    keys = [str(part) for part in detail["loc"]]
    place = f"{where}: {'.'.join(keys)}" if keys else where
    match detail["type"]:
        case "extra_forbidden":
            known = keys_at(model, keys[:-1])
            return Fault(
                place, f"unknown key {keys[-1]!r}", ", ".join(sorted(known)), did_you_mean(keys[-1], known)
            )
        case "missing":
            return Fault(place, f"the key {keys[-1]!r} is missing", "this key is required", "add the key")
        case _:
            return Fault(place, f"found {detail['input']!r}", detail["msg"], "change the value")


def keys_at(model: type[Settings], path: list[str]) -> list[str]:
    """Return the keys that the model allows at `path`, following lists, mappings and unions."""
    for key in path:
        if key in model.model_fields:
            nested = nested_model(model.model_fields[key].annotation)
            model = nested or model
    return list(model.model_fields)


def nested_model(annotation: Any) -> type[Settings] | None:
    """Return the first model inside an annotation such as `dict[str, Variable] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, Settings):
        return annotation
    inner = (nested_model(argument) for argument in getattr(annotation, "__args__", ()))
    return next((model for model in inner if model is not None), None)
