difference-added = { $count ->
    [0] nothing added
    [one] one part added
   *[other] { $count } parts added
 }
difference-removed = { $count ->
    [0] nothing removed
    [one] one part removed
   *[other] { $count } parts removed
 }
difference-changed = { $count ->
    [0] nothing reworded
    [one] one part reworded
   *[other] { $count } parts reworded
 }
difference-same = { $count ->
    [one] One part stays as it is
   *[other] { $count } parts stay as they are
 }
difference-part-added = Added
difference-part-removed = Removed
difference-part-changed = Reworded
difference-none = Both versions say the same in the same words.
