import { useLocation, useSearchParams } from 'wouter'
import { addressOf, faultsOf, filtersOf } from './filters.ts'
import type { FilterName, Filters } from './filters.ts'

interface FiltersUsed {
  filters: Filters
  faults: FilterName[]
  /** Changes with the filters: the key of the form that shows them. */
  key: string
  apply: (filters: Filters) => void
}

/** The filters of this page are its address: what is applied is a new entry of the browser's history. */
export function useFilters (names: readonly FilterName[]): FiltersUsed {
  const [path, go] = useLocation()
  const [search] = useSearchParams()
  const filters = filtersOf(search, names)
  return {
    filters, faults: faultsOf(filters), key: addressOf(path, filters), apply: (wanted) => { go(addressOf(path, wanted)) }
  }
}
