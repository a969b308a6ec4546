// Columns, types, CSV options, and what runs frames are part of this module's interface, so one import is enough.
@_exported public import CSV
@_exported public import Columnar
@_exported public import Scheduler
@_exported public import TaskGraph
