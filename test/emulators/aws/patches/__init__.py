"""Changes to moto, one module a service. Each entry names the defect that the provider sees without it."""
