"""The error tree of the warehouse, classed by what to do next.

WarehouseError
  WarehouseBusy      wait: another process holds the file
  WarehouseMissing   stop: there is no such file, or it is not one of ours
  FailedCheck        stop: rows that must not exist
  BadQuery           stop: the analyst's SQL cannot be run
"""


class WarehouseError(Exception):
    """Base of everything the warehouse raises on purpose."""


class WarehouseBusy(WarehouseError):
    """Another process holds the warehouse file: wait and try again."""


class WarehouseMissing(WarehouseError):
    """The file is not there or is not a warehouse: name the right one or run the loop first."""


class FailedCheck(WarehouseError):
    """Rows exist that must not exist: nothing is published until they are explained."""


class BadQuery(WarehouseError):
    """The SQL cannot be run: the message says where it fails."""
