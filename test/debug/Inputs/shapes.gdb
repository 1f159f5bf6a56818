break sumOfRatios
run
backtrace
print *first
print first->next->name
print first->next->next->width
next
next
info locals
