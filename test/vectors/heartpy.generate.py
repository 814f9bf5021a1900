"""
Runs HeartPy on traces of test/data/biofeedback and prints test/vectors/heartpy.json. A case without a figure is one where HeartPy finds
no heart rate, or rejects every interval.
Usage: pip install heartpy==1.2.7, then python3 test/vectors/heartpy.generate.py test/data/biofeedback > test/vectors/heartpy.json
"""
import json, platform, sys, warnings
import heartpy as hp, numpy as np, scipy
from importlib.metadata import version
warnings.simplefilter('ignore')
DATA = sys.argv[1]

def figures(values, rate, **options):
    wd, m = hp.process(np.asarray(values, dtype=float), rate, **options)
    return {'bpm': m['bpm'], 'ibiMs': m['ibi'], 'sdnnMs': m['sdnn'], 'rmssdMs': m['rmssd'], 'pnn20': m['pnn20'], 'pnn50': m['pnn50'],
            'beats': len(wd['peaklist']), 'rejected': int(sum(one == 0 for one in wd['binary_peaklist']))}

def plain(figures): return {name: float(value) if isinstance(value, np.floating) else value for name, value in figures.items()}

cases = []
def case(file, values, rate, first, last, *, filter=None, fine=False, clean=False):
    piece = values[first:last]
    if filter: piece = hp.filter_signal(piece, cutoff=filter, sample_rate=rate, order=3, filtertype='bandpass')
    try: expected = plain(figures(piece, rate, high_precision=fine, clean_rr=clean))
    except (hp.exceptions.BadSignalWarning, ValueError, TypeError, IndexError): expected = None
    if expected and np.isnan(expected['bpm']): expected = None
    if expected: expected = {name: None if np.isnan(value) else value for name, value in expected.items()}
    cases.append({'file': file, 'first': first, 'last': last, 'sampleRateHz': rate, 'bandHz': filter, 'fine': fine, 'clean': clean, 'expected': expected})

one = hp.get_data(f'{DATA}/heartpy-data.csv')
case('heartpy-data.csv', one, 100.0, 0, len(one))
case('heartpy-data.csv', one, 100.0, 0, len(one), fine=True)
case('heartpy-data.csv', one, 100.0, 0, len(one), filter=[0.8, 2.5])
two = hp.get_data(f'{DATA}/heartpy-data2.csv', column_name='hr')
rate = float(hp.get_samplerate_mstimer(hp.get_data(f'{DATA}/heartpy-data2.csv', column_name='timer')))
case('heartpy-data2.csv', two, rate, 0, len(two))
case('heartpy-data2.csv', two, rate, 0, len(two), clean=True)
for start in range(0, len(two) - 3510, 3510): case('heartpy-data2.csv', two, rate, start, start + 3510)
ring = np.nan_to_num(hp.get_data(f'{DATA}/smart-ring-ppg.csv'))
minute = 60 * 32
case('smart-ring-ppg.csv', ring, 32.0, 5 * minute, 10 * minute, filter=[0.8, 2.5], fine=True)
case('smart-ring-ppg.csv', ring, 32.0, 5 * minute, 10 * minute, filter=[0.8, 2.5], fine=True, clean=True)
for start in range(len(ring) // minute): case('smart-ring-ppg.csv', ring, 32.0, start * minute, (start + 1) * minute, filter=[0.8, 2.5], fine=True)
versions = {'heartpy': version('heartpy'), 'numpy': np.__version__, 'scipy': scipy.__version__, 'python': platform.python_version()}
print(json.dumps({'source': 'HeartPy on the traces of test/data/biofeedback, by heartpy.generate.py', 'versions': versions, 'cases': cases}, indent=1))
