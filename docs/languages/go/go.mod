module hangar.example/orders

go 1.22
